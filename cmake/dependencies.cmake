# Everything from Debian 12 (script/packages). Third-party headers stay inside one adapter each.
find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
find_package(OpenSSL REQUIRED)
find_package(CURL REQUIRED)
find_package(SQLite3 REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(spdlog REQUIRED)
find_package(tomlplusplus REQUIRED)
find_package(CLI11 REQUIRED)
find_package(pugixml REQUIRED)
if(STAGECLOCK_TESTS)
  find_package(doctest REQUIRED)
  pkg_check_modules(libical REQUIRED IMPORTED_TARGET libical)
endif()

# cpp-httplib's pkg-config flags decide its ABI: always use them.
pkg_check_modules(httplib REQUIRED IMPORTED_TARGET cpp-httplib)
pkg_check_modules(gmime REQUIRED IMPORTED_TARGET gmime-3.0)
pkg_check_modules(pangocairo REQUIRED IMPORTED_TARGET pangocairo)
pkg_check_modules(cairo_pdf REQUIRED IMPORTED_TARGET cairo-pdf)
pkg_check_modules(fontconfig REQUIRED IMPORTED_TARGET fontconfig)
pkg_check_modules(harfbuzz_subset REQUIRED IMPORTED_TARGET harfbuzz-subset)
pkg_check_modules(qpdf REQUIRED IMPORTED_TARGET libqpdf)
# Its CMake file asks for command line tools that a library's user does not need.
pkg_check_modules(libzip REQUIRED IMPORTED_TARGET libzip)
pkg_check_modules(re2 REQUIRED IMPORTED_TARGET re2)

# cctz and mustache have neither a CMake nor a pkg-config file; that of cjose asks for one of a
# library whose headers it does not need.
find_library(STAGECLOCK_CCTZ cctz REQUIRED)
find_library(STAGECLOCK_CJOSE cjose REQUIRED)
find_path(STAGECLOCK_MUSTACHE kainjow/mustache.hpp REQUIRED)
