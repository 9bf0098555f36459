# cmake -DTOGETHER=out.cc -DSOURCES=a_test.cc;b_test.cc -P together.cmake: writes one file in which stands what stands in
# SOURCES. What a file has for itself, in its unnamed namespace, gets a namespace of that file's name, so that two may call
# things alike. Messages name the lines of SOURCES.
set(text "")
foreach(source ${SOURCES})
  cmake_path(GET source STEM stem)
  file(READ ${source} of_one)
  string(REPLACE "\nnamespace {\n" "\nnamespace ${stem} {\n" of_one "${of_one}")
  string(APPEND text "#line 1 \"${source}\"\n${of_one}\n")
endforeach()
file(WRITE ${TOGETHER} "${text}")
