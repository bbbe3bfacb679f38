// SPDX-License-Identifier: MIT
#include "bot/app/mail_files.h"

#include <algorithm>
#include <charconv>
#include <iterator>
#include <string_view>

#include "bot/core/directory.h"

namespace stageclock {
namespace {

constexpr char between = '\f';  // no field has one: each is one line
constexpr std::size_t fields = 5;
constexpr std::ptrdiff_t most_references = 100;  // a mail may name any number

std::string line_of(const KeptFile& file) {
    return clean_file_name(file.name) + between + file.content_type + between +
           std::to_string(file.size) + between + file.sha256 + between + file.mail + '\n';
}

std::vector<std::string> split(std::string_view text, char at) {
    std::vector<std::string> parts;
    for (;;) {
        const auto end = text.find(at);
        parts.emplace_back(text.substr(0, end));
        if (end == text.npos) return parts;
        text.remove_prefix(end + 1);
    }
}

// Every line after the first, which says who sent the mail.
std::vector<KeptFile> files_in(const std::string& body) {
    std::vector<KeptFile> files;
    for (const auto& line : split(body, '\n')) {
        auto parts = split(line, between);
        if (parts.size() != fields) continue;
        KeptFile file{parts[0], parts[1], 0, parts[3], parts[4]};
        std::from_chars(parts[2].data(), parts[2].data() + parts[2].size(), file.size);
        files.push_back(std::move(file));
    }
    return files;
}

void add(std::vector<KeptFile>& all, const KeptFile& file) {
    if (std::find(all.begin(), all.end(), file) == all.end()) all.push_back(file);
}

}  // namespace

Result<std::vector<KeptFile>> files_brought_by(Store& store, const IncomingMail& mail,
                                               const std::string& ref) {
    std::vector<KeptFile> files;
    const std::string theirs = folded(mail.from_address) + '\n';
    const auto& all = mail.references;
    const auto skipped = std::max(std::ssize(all) - most_references, std::ptrdiff_t{0});
    for (auto id = all.begin() + skipped; id != all.end(); ++id) {
        const auto row = store.answer(asked_files_source, *id);
        if (!row) return row.error();
        if (!*row || (*row)->ref != ref || !(*row)->body.starts_with(theirs)) continue;
        for (const auto& file : files_in((*row)->body)) add(files, file);
    }
    for (const auto& file : mail.attachments) {
        if (file.embedded) continue;
        add(files,
            {clean_file_name(file.name), file.content_type, file.size, file.sha256, mail.digest});
    }
    return files;
}

Done let_files_wait(Store& store, const std::string& source, const IncomingMail& mail,
                    const std::string& ref, const std::vector<KeptFile>& files, Instant now) {
    if (files.empty()) return done();
    const auto body = waiting_body(mail.from_address, files);
    return store.post({}, {source, mail.id, mail.digest, ref, body, now});
}

std::string waiting_body(const std::string& from_address, const std::vector<KeptFile>& files) {
    std::string body = folded(from_address) + '\n';
    for (const auto& file : files) body += line_of(file);
    return body;
}

Result<std::vector<KeptFile>> waiting_files(Store& store, const std::string& source,
                                            const std::string& mail_id) {
    const auto row = store.answer(source, mail_id);
    if (!row) return row.error();
    return *row ? files_in((*row)->body) : std::vector<KeptFile>{};
}

std::vector<std::string> waiting_lines(const std::vector<KeptFile>& files) {
    auto lines = counted_lines(files);
    if (!lines.empty())
        lines.front() += ". They will be kept with the case when your reply is acted on";
    return lines;
}

std::vector<std::string> counted_lines(const std::vector<KeptFile>& files) {
    if (files.empty()) return {};
    return {"Files: " + std::to_string(files.size())};
}

}  // namespace stageclock
