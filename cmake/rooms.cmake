# A room is a static library of its own, so that what it may use is written down at its door:
#   stageclock_room(NAME SOURCES a.cpp b.cpp USES target...)
function(stageclock_room name)
  cmake_parse_arguments(room "" "" "SOURCES;USES" ${ARGN})
  add_library(${name} STATIC ${room_SOURCES})
  target_link_libraries(${name} PUBLIC stageclock_flags PRIVATE ${room_USES})
endfunction()

# How much longer tests may take in this build: sanitizers are slow.
set(STAGECLOCK_PATIENCE 1 CACHE STRING "factor on the time limits of tests")

# A test binary of doctest sentences:
#   stageclock_test(NAME SOURCES a_test.cpp USES target... [SECONDS n])
function(stageclock_test name)
  cmake_parse_arguments(test "" "SECONDS" "SOURCES;USES" ${ARGN})
  if(NOT test_SECONDS)
    set(test_SECONDS 120)
  endif()
  math(EXPR test_SECONDS "${test_SECONDS} * ${STAGECLOCK_PATIENCE}")
  add_executable(${name} ${test_SOURCES} $<TARGET_OBJECTS:stageclock_test_main>)
  target_link_libraries(${name} PRIVATE stageclock_flags doctest::doctest ${test_USES})
  add_test(NAME ${name} COMMAND ${name} WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
  set_tests_properties(${name} PROPERTIES TIMEOUT ${test_SECONDS})
endfunction()
