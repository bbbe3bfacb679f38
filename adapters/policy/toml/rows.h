// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "adapters/registry.h"
#include "adapters/support/toml_reader.h"

// The files of a board's policy folder, row by row. Names that point nowhere are left to check() of
// bot/core/policy.h; what a single row can get wrong is recorded in the report here.
namespace stageclock::policy_toml {

// policy.toml: docs/policy-language.md lists every table and key.
Policy read_policy(const std::string& file, toml_reader::Report& report);

// board.toml.
Board read_board(const std::string& file, toml_reader::Report& report);

// What a [board] table and an overlay may both say: falling back from one channel to the next, and
// what reports withhold.
void read_choices(toml_reader::Row& row, Board& board);

// directory.toml.
void read_directory(const std::string& file, Directory& directory, toml_reader::Report& report);

// A board's own addition to the published data: a row with a known id changes the fields it names,
// one with a new id is added, and [board] changes settings of board.toml.
void read_overlay(const std::string& file, BoardData& data, toml_reader::Report& report);

// not-rules.toml, where there is one: how many clauses the policy's text has, and those that are
// no rule. Records each clause that neither a row nor this file names, and each name that is no
// clause.
void check_clauses(const std::string& file, const BoardData& data, toml_reader::Report& report);

}  // namespace stageclock::policy_toml
