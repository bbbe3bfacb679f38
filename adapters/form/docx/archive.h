// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "bot/core/result.h"

// A Word file is a ZIP archive of named parts (ECMA-376 part 2). Everything happens in memory.
namespace stageclock::docx {

struct Part {
    std::string name;  // "word/document.xml"
    std::string bytes;
};

// What a file from outside may be. Chosen so that the largest honest form passes and no file takes
// more than a few hundred megabytes or a few seconds.
constexpr std::size_t most_file_bytes = 10'000'000;
constexpr std::size_t most_part_bytes = 20'000'000;
constexpr std::size_t most_parts = 2'000;

// An archive that somebody else may have made. Looks at the parts it is asked for and at no others.
class Archive {
public:
    // `bytes` must outlive it. Code::invalid_input: no archive, damaged or too large; the sentence
    // is for the file's sender.
    static Result<Archive> open(std::string_view bytes);
    ~Archive();
    Archive(Archive&& other) noexcept;
    Archive& operator=(Archive&&) = delete;

    bool has(const std::string& name) const;
    // Code::not_found: there is no such part; Code::invalid_input: damaged, protected, too large,
    // or packed so tightly that it can only be meant to fill memory.
    Result<std::string> part(const std::string& name) const;

private:
    struct Impl;
    explicit Archive(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

// The archive with these parts in the place of those of the same name, new ones at the end; all
// others keep their compressed bytes. An empty archive gives one of these parts alone, in this
// order. The same parts give the same bytes.
Result<std::string> with_parts(std::string_view archive, const std::vector<Part>& parts);

}  // namespace stageclock::docx
