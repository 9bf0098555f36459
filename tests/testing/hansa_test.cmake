# hansa_test(file.cc [UNSANITIZED] [APART] DEPS lib …): one file, one CTest name (its path without the ending), labelled by
# its first folder under tests/, and `pure` where it is built without gRPC too, and so under the sanitizers.
#
# A file is a program of its own, and its target is called as its path, with _ for /. With HANSA_UNITY, which makes what is
# built from nothing take a third of the time, the files of a folder are some at a time compiled and linked as one program
# (together.cmake), which is called under the name of one of its files and then runs the tests of that file (one_file.cc).
# APART: a file that cannot be compiled together with its neighbours, or needs a program of its own.

# What cannot be built without gRPC.
set(HANSA_TESTS_ON_GRPC "^(tidy|system|foreign|bench|node/(wire|daemon|api|bundle|cli|door))(/|$)")
set(HANSA_TESTS_AT_ONCE 8)

function(hansa_test file)
  cmake_parse_arguments(ARG "UNSANITIZED;APART" "" "DEPS" ${ARGN})
  if(ARG_UNSANITIZED AND HANSA_SANITIZE)
    return()
  endif()
  cmake_path(RELATIVE_PATH CMAKE_CURRENT_SOURCE_DIR BASE_DIRECTORY ${PROJECT_SOURCE_DIR}/tests OUTPUT_VARIABLE folder)
  cmake_path(GET file STEM stem)
  set(test_name ${folder}/${stem})
  string(REPLACE "/" "_" target ${test_name})
  string(REGEX REPLACE "/.*" "" labels ${folder})
  set(group IMPURE)
  if(NOT ARG_UNSANITIZED AND NOT folder MATCHES "${HANSA_TESTS_ON_GRPC}")
    list(APPEND labels pure)
    set(group PURE)
  endif()
  if(HANSA_UNITY AND NOT ARG_APART)
    get_property(is_begun DIRECTORY PROPERTY HANSA_TESTS_BEGUN)
    if(NOT is_begun)
      set_property(DIRECTORY PROPERTY HANSA_TESTS_BEGUN TRUE)
      cmake_language(DEFER CALL hansa_tests_together)
    endif()
    set_property(DIRECTORY APPEND PROPERTY HANSA_TESTS_${group} ${stem})
    set_property(DIRECTORY APPEND PROPERTY HANSA_TEST_DEPS_${group} ${ARG_DEPS})
  else()
    if(IS_SYMLINK ${CMAKE_BINARY_DIR}/tests/${target})
      file(REMOVE ${CMAKE_BINARY_DIR}/tests/${target}) # of a build with HANSA_UNITY: to be written, not what it leads to
    endif()
    hansa_test_program(${target} ${group} FILES ${file} DEPS ${ARG_DEPS} GTest::gtest_main)
  endif()
  add_test(NAME ${test_name} COMMAND ${CMAKE_BINARY_DIR}/tests/${target})
  set_tests_properties(${test_name} PROPERTIES LABELS "${labels}" TIMEOUT 300)
endfunction()

function(hansa_test_program target group)
  cmake_parse_arguments(ARG "" "" "FILES;DEPS" ${ARGN})
  add_executable(${target} ${ARG_FILES})
  target_link_libraries(${target} PRIVATE ${ARG_DEPS} hansa_warnings GTest::gmock)
  target_compile_definitions(${target} PRIVATE HANSA_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
  target_compile_options(${target} PRIVATE ${HANSA_TEST_OPTIONS})
  target_precompile_headers(${target} REUSE_FROM hansa_test_headers)
  set_target_properties(${target} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
  if(group STREQUAL PURE AND NOT HANSA_PURE_TESTS)
    set_target_properties(${target} PROPERTIES EXCLUDE_FROM_ALL ON)
  endif()
endfunction()

# The programs of the folder that has just been read.
function(hansa_tests_together)
  cmake_path(RELATIVE_PATH CMAKE_CURRENT_SOURCE_DIR BASE_DIRECTORY ${PROJECT_SOURCE_DIR}/tests OUTPUT_VARIABLE folder)
  string(REPLACE "/" "_" prefix ${folder})
  set(number 0)
  foreach(group PURE IMPURE)
    get_property(stems DIRECTORY PROPERTY HANSA_TESTS_${group})
    get_property(deps DIRECTORY PROPERTY HANSA_TEST_DEPS_${group})
    list(REMOVE_DUPLICATES deps)
    list(SORT stems)
    while(stems)
      list(SUBLIST stems 0 ${HANSA_TESTS_AT_ONCE} some)
      list(REMOVE_ITEM stems ${some})
      math(EXPR number "${number} + 1")
      hansa_test_program_of(${prefix} ${prefix}_tests_${number} ${group} FILES ${some} DEPS ${deps})
    endwhile()
  endforeach()
endfunction()

function(hansa_test_program_of prefix program group)
  cmake_parse_arguments(ARG "" "" "FILES;DEPS" ${ARGN})
  set(sources ${ARG_FILES})
  list(TRANSFORM sources PREPEND ${CMAKE_CURRENT_SOURCE_DIR}/)
  list(TRANSFORM sources APPEND .cc)
  set(together ${CMAKE_CURRENT_BINARY_DIR}/${program}.cc)
  add_custom_command(OUTPUT ${together}
                     COMMAND ${CMAKE_COMMAND} -DTOGETHER=${together} "-DSOURCES=${sources}"
                             -P ${PROJECT_SOURCE_DIR}/tests/testing/together.cmake
                     DEPENDS ${sources} ${PROJECT_SOURCE_DIR}/tests/testing/together.cmake
                     VERBATIM)
  hansa_test_program(${program} ${group} FILES ${together} DEPS ${ARG_DEPS} hansa_one_file)
  file(MAKE_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
  foreach(stem ${ARG_FILES})
    add_custom_target(${prefix}_${stem} DEPENDS ${program})
    file(REMOVE ${CMAKE_BINARY_DIR}/tests/${prefix}_${stem}) # the program of another configuration
    file(CREATE_LINK ${program} ${CMAKE_BINARY_DIR}/tests/${prefix}_${stem} SYMBOLIC)
  endforeach()
endfunction()
