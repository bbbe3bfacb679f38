// SPDX-License-Identifier: MIT
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <limits>

#include <doctest/doctest.h>

#include "adapters/registry.h"

namespace stageclock {
namespace {

struct Folder {
    Folder() {
        std::filesystem::remove_all(path);
        std::filesystem::create_directories(path);
    }
    ~Folder() { std::filesystem::remove_all(path); }
    std::unique_ptr<Seal> seal() const {
        auto made = make_seal(path.string());
        REQUIRE(made);
        return std::move(*made);
    }
    const std::filesystem::path path =
        std::filesystem::temp_directory_path() / "stageclock-seal-test";
};

TEST_CASE("a sealed number is opened again, in any letter case, also after a restart") {
    const Folder folder;
    for (const std::int64_t number :
         {std::int64_t{0}, std::int64_t{1}, std::int64_t{31}, std::int64_t{32},
          std::int64_t{1234567}, std::int64_t{1} << 59}) {
        const std::string name = folder.seal()->close(SealFor::bounce, number);
        CAPTURE(name);
        CHECK(name.size() <= 30);
        CHECK(name.find_first_not_of("0123456789abcdefghjkmnpqrstvwxyz-") == std::string::npos);
        CHECK(folder.seal()->open(SealFor::bounce, name) == number);
        std::string shouted = name;
        for (char& c : shouted) c = 'a' <= c && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
        CHECK(folder.seal()->open(SealFor::bounce, shouted) == number);
    }
}

TEST_CASE("a seal opens for its own purpose, number and key only") {
    const Folder folder;
    const auto seal = folder.seal();
    const std::string name = seal->close(SealFor::link, 77);
    CHECK_FALSE(seal->open(SealFor::bounce, name));
    CHECK_FALSE(seal->open(SealFor::reply, name));
    CHECK_FALSE(seal->open(SealFor::claim, name));
    CHECK_FALSE(seal->open(SealFor::link, ""));
    CHECK_FALSE(seal->open(SealFor::link, "-"));
    CHECK_FALSE(seal->open(SealFor::link, name + "0"));
    CHECK_FALSE(seal->open(SealFor::link, "0" + name));
    CHECK_FALSE(seal->open(SealFor::link, std::string(100'000, '7')));
    for (std::size_t i = 0; i < name.size(); ++i) {
        std::string changed = name;
        changed[i] = changed[i] == '2' ? '3' : '2';
        CAPTURE(changed);
        CHECK_FALSE(seal->open(SealFor::link, changed));
    }
    std::filesystem::remove(folder.path / "link.key");
    CHECK_FALSE(folder.seal()->open(SealFor::link, name));
}

TEST_CASE("the key is nobody else's, and one that is not whole is refused") {
    const Folder folder;
    const auto key = folder.path / "link.key";
    folder.seal();
    struct stat about {};
    REQUIRE(stat(key.c_str(), &about) == 0);
    CHECK((about.st_mode & 0777u) == 0600);
    REQUIRE(chmod(key.c_str(), 0640) == 0);
    CHECK(make_seal(folder.path.string()).error().what.find("chmod 600") != std::string::npos);
    REQUIRE(chmod(key.c_str(), 0600) == 0);
    std::ofstream(key) << "short";
    CHECK(make_seal(folder.path.string()).error().where == key.string());
}

}  // namespace
}  // namespace stageclock
