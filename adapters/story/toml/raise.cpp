// SPDX-License-Identifier: MIT
#include "adapters/story/toml/rows.h"

namespace stageclock::story_toml {
namespace {

using toml_reader::Row;

Party read_party(Row& raise, const char* key) {
    Party party;
    if (auto row = raise.table(key, "party")) {
        party.agency = row->required("agency");
        party.unit = row->text("unit");
    } else {
        raise.wrong(key, "is missing", "It is required: { agency = \"...\", unit = \"...\" }.");
    }
    return party;
}

}  // namespace

Update read_raise(Row& row, const Zone& zone) {
    Update update;
    update.kind = UpdateKind::raise;
    update.by = speaker(Side::raising);
    update.happened = read_time(row, "happened", zone);
    RaiseFacts& facts = update.facts;
    facts.raising = read_party(row, "raising");
    facts.receiving = read_party(row, "receiving");
    facts.procedure = row.text("procedure");
    facts.subject_kind = row.text("subject");
    facts.case_status = row.text("case_status");
    facts.area = row.text("area");
    facts.circumstances = row.texts("circumstances");
    facts.priority = row.text("priority");
    facts.disputed = read_time(row, "disputed", zone);
    facts.stage = row.text("stage");
    facts.skip_reason = row.text("skip_reason");
    facts.urgent = row.flag("urgent", false);
    facts.immediate_risk = row.flag("immediate_risk", false);
    facts.reason = row.text("reason");
    facts.summary = row.text("summary", "They disagree about the next step.");
    facts.wanted = row.text("wanted");
    for (Row& contact : row.rows("contacts", "contact")) {
        facts.contacts.push_back(read_contact(contact));
    }
    const Actor raiser = speaker(Side::raising);
    facts.contacts.push_back({Side::raising, raiser.role, "", raiser.address, ""});
    if (!row.flag("no_receiving_practitioner", false)) {
        const Actor other = speaker(Side::receiving);
        facts.contacts.push_back({Side::receiving, other.role, "", other.address, ""});
    }
    return update;
}

}  // namespace stageclock::story_toml
