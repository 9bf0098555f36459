// Nothing of its own: what stands in the precompiled header of all GoogleTest programs is listed in CMakeLists.txt.
