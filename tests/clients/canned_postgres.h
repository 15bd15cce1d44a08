// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/clients/canned_server.h"

#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <vector>

namespace binnacle::testing {

/// As much of PostgreSQL's wire protocol as a client's tests need: lets everybody in and answers each query, simple
/// or prepared, with one table of text; a prepared one by its name, where the test has an answer for it.
class CannedPostgres {
public:
    std::vector<std::string> columns{"a", "b", "c", "d", "e"}; ///< as many as the rows have cells
    std::vector<std::vector<std::string>> rows;
    std::map<std::string, std::vector<std::vector<std::string>>> byStatement; ///< not empty: others have no rows
    std::map<std::string, std::string> errorByStatement;                      ///< SQLSTATE
    /// What is said to one simple query: a table, a word that it is done (no columns), an error, or nothing at all.
    struct Said {
        std::vector<std::string> columns;
        std::vector<std::vector<std::string>> rows;
        std::string error; ///< SQLSTATE
        bool silent = false;
    };
    std::function<Said(const std::string& sql)> onSimpleQuery; ///< instead of all below; called by the answering thread
    std::string startupError;                                  ///< SQLSTATE with which logins are refused, or empty
    std::string queryError;                                    ///< SQLSTATE with which queries fail, or empty
    std::atomic<bool> silentOnQuery = false;                   // read by the thread that answers
    std::atomic<bool> hangUpOnQuery = false;

    /// Changes an answer while the server runs.
    void answerTo(const std::string& statement, std::vector<std::vector<std::string>> answerRows) {
        const std::scoped_lock lock(m_mutex);
        byStatement[statement] = std::move(answerRows);
    }

    [[nodiscard]] CannedServer::Script script() const {
        return [this](std::string& received) { return answer(received); };
    }

private:
    static std::string number32(std::uint32_t value) {
        return {static_cast<char>(value >> 24), static_cast<char>(value >> 16), static_cast<char>(value >> 8),
                static_cast<char>(value)};
    }
    static std::string number16(std::size_t value) { return {static_cast<char>(value >> 8), static_cast<char>(value)}; }
    static std::string message(char type, const std::string& body) {
        return type + number32(static_cast<std::uint32_t>(body.size() + 4)) + body;
    }
    static std::string text(const std::string& value) { return value + '\0'; }
    static std::string ready() { return message('Z', "I"); }
    static std::string error(const std::string& state) {
        return message('E', "S" + text("FATAL") + "V" + text("FATAL") + "C" + text(state) + "M" + text("so it is") +
                                std::string(1, '\0'));
    }
    static std::uint32_t readNumber(const std::string& from, std::size_t at) {
        std::uint32_t value = 0;
        for (std::size_t i = 0; i < 4; ++i) {
            value = value << 8 | static_cast<unsigned char>(from[at + i]);
        }
        return value;
    }

    [[nodiscard]] std::string table() const {
        if (byStatement.empty()) {
            return table(columns, rows);
        }
        const auto answer = byStatement.find(m_bound);
        if (answer == byStatement.end() || answer->second.empty()) {
            return table({"a"}, {});
        }
        return table(std::vector<std::string>(answer->second.front().size(), "a"), answer->second);
    }
    [[nodiscard]] static std::string table(const std::vector<std::string>& names,
                                           const std::vector<std::vector<std::string>>& cellsOfRows) {
        std::string description = number16(names.size());
        for (const auto& column : names) {
            description += text(column) + number32(0) + number16(0) + number32(25) + number16(0xffff) +
                           number32(0xffffffff) + number16(0);
        }
        std::string out = message('T', description);
        for (const auto& row : cellsOfRows) {
            std::string cells = number16(row.size());
            for (const auto& cell : row) {
                cells +=
                    cell == "NULL" ? number32(0xffffffff) : number32(static_cast<std::uint32_t>(cell.size())) + cell;
            }
            out += message('D', cells);
        }
        return out + message('C', text("SELECT"));
    }

    [[nodiscard]] std::optional<std::string> answer(std::string& received) const {
        const std::scoped_lock lock(m_mutex);
        if (received.size() < (received.starts_with('\0') ? 8U : 5U)) {
            return std::string();
        }
        if (received[0] == '\0') { // the start of a session has no type
            const auto size = readNumber(received, 0);
            if (received.size() < size) {
                return std::string();
            }
            const auto code = readNumber(received, 4);
            received.erase(0, size);
            if (code == 80877103 || code == 80877104) {
                return "N"; // neither TLS nor GSS
            }
            if (!startupError.empty()) {
                return error(startupError);
            }
            return message('R', number32(0)) + message('S', text("server_version") + text("15.0")) +
                   message('S', text("client_encoding") + text("UTF8")) +
                   message('S', text("standard_conforming_strings") + text("on")) + ready();
        }
        const auto size = readNumber(received, 1) + 1;
        if (received.size() < size) {
            return std::string();
        }
        const char type = received[0];
        if (type == 'B') { // the name of the portal, then that of the statement
            const auto names = received.find('\0', 5) + 1;
            m_bound = received.substr(names, received.find('\0', names) - names);
        }
        const auto sql = type == 'Q' ? received.substr(5, size - 6) : std::string();
        received.erase(0, size);
        if (type == 'X') {
            return std::nullopt;
        }
        if (type == 'Q' && onSimpleQuery) {
            const auto said = onSimpleQuery(sql);
            return said.silent            ? std::string()
                   : !said.error.empty()  ? error(said.error) + ready()
                   : said.columns.empty() ? message('C', text("OK")) + ready()
                                          : table(said.columns, said.rows) + ready();
        }
        const bool isQuery = type == 'Q' || type == 'E';
        if (isQuery && hangUpOnQuery) {
            return std::nullopt;
        }
        if (silentOnQuery && (isQuery || type == 'S')) {
            return std::string();
        }
        if (isQuery && !queryError.empty()) {
            return error(queryError) + (type == 'Q' ? ready() : std::string());
        }
        if (const auto failing = errorByStatement.find(m_bound); type == 'E' && failing != errorByStatement.end()) {
            return error(failing->second);
        }
        switch (type) {
        case 'Q':
            return table() + ready();
        case 'P':
            return message('1', {});
        case 'B':
            return message('2', {});
        case 'E':
            return table();
        case 'S':
            return ready();
        default: // Describe: the description comes with the rows
            return std::string();
        }
    }

    mutable std::mutex m_mutex;
    mutable std::string m_bound; ///< the statement of the last Bind; one connection at a time
};

} // namespace binnacle::testing
