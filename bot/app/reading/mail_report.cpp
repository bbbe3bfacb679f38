// SPDX-License-Identifier: MIT
#include "bot/app/reading/mail_report.h"

namespace stageclock::reading {
namespace {

using simulate::Json;
using simulate::list_of;

Json or_null(const std::string& text) { return text.empty() ? Json() : Json(text); }

std::string writer_word(Writer::Kind kind) {
    return kind == Writer::Kind::person ? "human" : std::string(to_text(kind));
}

std::string certainty_word(const std::optional<Understood>& understood) {
    if (!understood) return "none";
    switch (understood->kind) {
        case Understood::Kind::certain: return "certain";
        case Understood::Kind::incomplete: return "incomplete";
        case Understood::Kind::uncertain: return "uncertain";
    }
    return "none";
}

void set(Json& json, std::string_view name, const std::string& value) {
    if (!value.empty()) json[name] = value;
}

Json contact_json(const Contact& contact) {
    Json json = Json::object();
    json["side"] = contact.side == Side::raising ? "ours" : "theirs";
    json["role"] = contact.role;
    json["name"] = or_null(contact.name);
    json["address"] = or_null(contact.address);
    return json;
}

Json party_json(const Party& party) {
    Json json = Json::object();
    json["agency"] = or_null(party.agency);
    json["unit"] = or_null(party.unit);
    return json;
}

Json raise_json(const RaiseFacts& facts) {
    Json json = Json::object();
    json["raising"] = party_json(facts.raising);
    json["receiving"] = party_json(facts.receiving);
    json["summary"] = facts.summary;
    json["urgent"] = facts.urgent;
    json["immediate_risk"] = facts.immediate_risk;
    set(json, "subject_kind", facts.subject_kind);
    set(json, "subject_name", facts.subject_name);
    set(json, "case_status", facts.case_status);
    set(json, "procedure", facts.procedure);
    set(json, "reason", facts.reason);
    set(json, "raising_view", facts.raising_view);
    set(json, "receiving_view", facts.receiving_view);
    set(json, "wanted", facts.wanted);
    set(json, "stage", facts.stage);
    set(json, "skip_reason", facts.skip_reason);
    json["contacts"] = list_of(facts.contacts, contact_json);
    return json;
}

Json action_json(const Update& update) {
    Json json = Json::object();
    json["kind"] = std::string(to_text(update.kind));
    set(json, "text", update.text);
    set(json, "stage", update.stage);
    set(json, "skip_reason", update.kind == UpdateKind::raise ? "" : update.facts.skip_reason);
    set(json, "event", update.event);
    set(json, "mode", update.mode);
    set(json, "tag", update.tag);
    set(json, "priority", update.priority);
    if (update.happened) json["happened"] = to_rfc3339(*update.happened);
    if (update.deadline) json["deadline"] = to_rfc3339(*update.deadline);
    const bool about_contact =
        update.kind == UpdateKind::name_contact || update.kind == UpdateKind::report_unavailable;
    if (about_contact) json["contact"] = contact_json(update.contact);
    if (update.kind == UpdateKind::raise) json["raise"] = raise_json(update.facts);
    return json;
}

Json failed_json(const FailedRecipient& failed) {
    Json json = Json::object();
    json["recipient"] = or_null(failed.address);
    json["status"] = or_null(failed.status);
    json["final"] = failed.final;
    return json;
}

Json attachment_json(const ReceivedFile& file) {
    Json json = Json::object();
    json["name"] = file.name;
    json["content_type"] = file.content_type;
    json["size"] = static_cast<int>(file.size);
    json["sha256"] = or_null(file.sha256);
    return json;
}

}  // namespace

Json report_json(const IncomingMail& mail, const std::optional<Understood>& understood) {
    const auto& writer = mail.writer;
    Json json = Json::object();
    json["writer"] = writer_word(writer.kind);
    json["sign"] = or_null(writer.why);
    json["away"] = writer.away;
    json["until"] = or_null(writer.back);
    json["suggests"] = or_null(writer.suggests);
    json["failed"] = list_of(writer.failed, failed_json);
    json["returned_message_ids"] = Json(writer.returned_ids);
    json["from"] = or_null(mail.from_address);
    json["message_id"] = or_null(mail.message_id);
    json["reference"] = understood ? or_null(understood->ref) : Json();
    json["new_text"] = understood ? Json(new_text(mail.text)) : Json();
    json["certainty"] = certainty_word(understood);
    const std::vector<Update> none;
    json["actions"] = list_of(understood ? understood->updates : none, action_json);
    json["heard"] = list_of(understood ? understood->heard : std::vector<UpdateKind>{},
                            [](UpdateKind kind) { return Json(std::string(to_text(kind))); });
    json["missing"] = Json(understood ? understood->missing : std::vector<std::string>{});
    json["ask"] = understood ? or_null(understood->ask) : Json();
    json["attachments"] = list_of(mail.attachments, attachment_json);
    return json;
}

std::vector<std::string> report_lines(const IncomingMail& mail,
                                      const std::optional<Understood>& understood) {
    const auto& writer = mail.writer;
    std::vector<std::string> lines;
    lines.push_back("Writer: " + writer_word(writer.kind) +
                    (writer.why.empty() ? "" : " (" + writer.why + ")"));
    if (writer.away)
        lines.push_back("Out of office" + (writer.back.empty() ? "" : ", back " + writer.back));
    if (!writer.suggests.empty()) lines.push_back("Suggests: " + writer.suggests);
    for (const auto& failed : writer.failed)
        lines.push_back(std::string(failed.final ? "Not delivered to: " : "Delayed to: ") +
                        (failed.address.empty() ? "not said" : failed.address) +
                        (failed.status.empty() ? "" : " (" + failed.status + ")"));
    for (const auto& id : writer.returned_ids) lines.push_back("About the mail: " + id);
    for (const auto& file : mail.attachments)
        lines.push_back("Attachment: " + file.name + ", " + file.content_type + ", " +
                        std::to_string(file.size) + " bytes");
    if (!understood) return lines;
    lines.push_back("Case: " + (understood->ref.empty() ? "not named" : understood->ref));
    lines.push_back("Certainty: " + certainty_word(understood));
    for (const auto& update : understood->updates)
        lines.push_back("Action: " + std::string(to_text(update.kind)) +
                        (update.stage.empty() ? "" : ", stage " + update.stage));
    for (const auto& line : understood->understood) lines.push_back("Understood: " + line);
    for (const auto& line : understood->missing) lines.push_back("Missing: " + line);
    if (!understood->ask.empty()) lines.push_back("Would be asked: " + understood->ask);
    lines.push_back("New text:");
    lines.push_back(new_text(mail.text));
    return lines;
}

}  // namespace stageclock::reading
