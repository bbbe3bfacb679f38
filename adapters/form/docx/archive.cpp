// SPDX-License-Identifier: MIT
#include "adapters/form/docx/archive.h"

#include <zip.h>

namespace stageclock::docx {
namespace {

// A document that a person wrote packs 10 to 40 times; a megabyte that packs more than this
// is made to fill memory.
constexpr zip_uint64_t suspicious_bytes = 1'000'000;
constexpr zip_uint64_t most_ratio = 100;
// 1980-01-01 00:00, the first time the format can say: a time of day would change the bytes.
constexpr zip_uint16_t fixed_date = (0U << 9U) | (1U << 5U) | 1U;
constexpr zip_uint16_t fixed_time = 0;

struct Discard {
    void operator()(zip_t* archive) const { zip_discard(archive); }
    void operator()(zip_source_t* source) const { zip_source_free(source); }
    void operator()(zip_file_t* file) const { zip_fclose(file); }
};
template <class T>
using Owned = std::unique_ptr<T, Discard>;

Error refused(const char* what) { return {Code::invalid_input, what, ""}; }

constexpr const char* damaged =
    "The Word file is damaged or incomplete. Please save it again and send it once more.";

Error failed(const char* what) { return {Code::internal, what, ""}; }

Result<std::string> all_of(zip_source_t* source) {
    if (zip_source_open(source) != 0) return failed("the archive cannot be read back");
    std::string bytes;
    zip_stat_t stat;
    zip_stat_init(&stat);
    if (zip_source_stat(source, &stat) == 0 && (stat.valid & ZIP_STAT_SIZE) != 0) {
        bytes.resize(stat.size);
    }
    const zip_int64_t got = zip_source_read(source, bytes.data(), bytes.size());
    zip_source_close(source);
    if (bytes.empty() || got != static_cast<zip_int64_t>(bytes.size())) {
        return failed("the archive cannot be read back");
    }
    return bytes;
}

bool put(zip_t* archive, const Part& part) {
    zip_source_t* source = zip_source_buffer(archive, part.bytes.data(), part.bytes.size(), 0);
    if (source == nullptr) return false;
    zip_int64_t index = zip_name_locate(archive, part.name.c_str(), ZIP_FL_ENC_UTF_8);
    const bool kept =
        index >= 0
            ? zip_file_replace(archive, static_cast<zip_uint64_t>(index), source, 0) == 0
            : (index = zip_file_add(archive, part.name.c_str(), source, ZIP_FL_ENC_UTF_8)) >= 0;
    if (!kept) {
        zip_source_free(source);
        return false;
    }
    const auto at = static_cast<zip_uint64_t>(index);
    return zip_set_file_compression(archive, at, ZIP_CM_DEFLATE, 1) == 0 &&
           zip_file_set_dostime(archive, at, fixed_time, fixed_date, 0) == 0;
}

}  // namespace

struct Archive::Impl {
    Owned<zip_t> zip;
};

Archive::Archive(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Archive::Archive(Archive&& other) noexcept = default;
Archive::~Archive() = default;

Result<Archive> Archive::open(std::string_view bytes) {
    if (bytes.size() > most_file_bytes) {
        return refused(
            "The Word file is larger than 10 MB. Please send the form without pictures.");
    }
    zip_error_t error;
    zip_error_init(&error);
    Owned<zip_source_t> source(zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error));
    Owned<zip_t> zip(source ? zip_open_from_source(source.get(), ZIP_RDONLY, &error) : nullptr);
    zip_error_fini(&error);
    if (!zip) return refused(damaged);
    static_cast<void>(source.release());  // the archive's now
    if (zip_get_num_entries(zip.get(), 0) > static_cast<zip_int64_t>(most_parts)) {
        return refused("The Word file has more parts than a form can need, and was not read.");
    }
    return Archive(std::make_unique<Impl>(Impl{std::move(zip)}));
}

bool Archive::has(const std::string& name) const {
    return zip_name_locate(impl_->zip.get(), name.c_str(), 0) >= 0;
}

Result<std::string> Archive::part(const std::string& name) const {
    zip_stat_t stat;
    zip_stat_init(&stat);
    if (zip_stat(impl_->zip.get(), name.c_str(), 0, &stat) != 0) {
        return Error{Code::not_found, "The Word file lacks a part it needs.", name};
    }
    constexpr zip_uint64_t needed = ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE | ZIP_STAT_COMP_METHOD |
                                    ZIP_STAT_ENCRYPTION_METHOD | ZIP_STAT_INDEX;
    if ((stat.valid & needed) != needed) return refused(damaged);
    if (stat.encryption_method != ZIP_EM_NONE) {
        return refused("The Word file is protected by a password. Please send it without one.");
    }
    // Others are not what Word writes, and some need much memory to unpack.
    if (stat.comp_method != ZIP_CM_STORE && stat.comp_method != ZIP_CM_DEFLATE) {
        return refused(damaged);
    }
    const bool bomb = stat.size > suspicious_bytes && stat.size / most_ratio > stat.comp_size;
    if (stat.size > most_part_bytes || bomb) {
        return refused("The Word file unpacks to far more than a form can hold, and was not read.");
    }
    const Owned<zip_file_t> file(zip_fopen_index(impl_->zip.get(), stat.index, 0));
    if (!file) return refused(damaged);
    // One byte more than declared: what goes on after that was declared wrongly. libzip checks the
    // checksum at the end.
    std::string bytes(stat.size + 1, '\0');
    std::size_t length = 0;
    while (length < bytes.size()) {
        const zip_int64_t got = zip_fread(file.get(), bytes.data() + length, bytes.size() - length);
        if (got < 0) return refused(damaged);
        if (got == 0) break;
        length += static_cast<std::size_t>(got);
    }
    if (length != stat.size) return refused(damaged);
    bytes.resize(length);
    return bytes;
}

Result<std::string> with_parts(std::string_view archive, const std::vector<Part>& parts) {
    zip_error_t error;
    zip_error_init(&error);
    const Owned<zip_source_t> source(zip_source_buffer_create(
        archive.empty() ? nullptr : archive.data(), archive.size(), 0, &error));
    Owned<zip_t> zip(
        source ? zip_open_from_source(source.get(), archive.empty() ? ZIP_TRUNCATE : 0, &error)
               : nullptr);
    zip_error_fini(&error);
    if (!zip) return failed("the archive cannot be opened");
    zip_source_keep(source.get());  // the archive frees one of the two
    for (const Part& part : parts) {
        if (!put(zip.get(), part)) return failed("a part cannot be put in the archive");
    }
    if (zip_close(zip.get()) != 0) return failed("the archive cannot be written");
    static_cast<void>(zip.release());
    return all_of(source.get());
}

}  // namespace stageclock::docx
