// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/server_form.h"

#include "app/pages/connection_words.h"
#include "app/pages/field_cell.h"
#include "widgets/key_button.h"
#include "widgets/situation_sentence.h"

#include <QGridLayout>
#include <QHBoxLayout>

#include <algorithm>
#include <array>

namespace binnacle::app {

namespace {

constexpr int kColumns = 3;
// In the order of the segments; the last stands for no word about it, which is libpq's own way.
constexpr std::array kTlsModes = {"verify-full", "verify-ca", "require", "disable", ""};

bool isFileOfSecret(std::string_view field) {
    return field == "passfile" || field == "password_file" || field == "token_file";
}

} // namespace

ServerForm::ServerForm(ServerDraft draft, QWidget* parent)
    : QWidget(parent)
    , m_draft(std::move(draft)) {
    setObjectName(QStringLiteral("server"));
    auto* head = new SectionHead(kindName(m_draft.kind), {}, this);
    head->setRule(true);
    auto* remove = new KeyButton(tr("Take out"), {}, this);
    remove->setObjectName(QStringLiteral("takeOut"));
    remove->setAccessibleDescription(kindName(m_draft.kind));
    connect(remove, &QAbstractButton::clicked, this, &ServerForm::removeRequested);
    if (isNamed(m_draft.kind)) {
        addText("name", tr("Name"), QStringLiteral("primary"), {}, QString::fromStdString(m_draft.name));
    }
    for (const auto& field : draftFields(m_draft.kind)) {
        if (field.id == "sslmode") {
            addTls();
            continue;
        }
        const auto words = fieldWords(m_draft.kind, field.id);
        addText(std::string(field.id), words.label, words.example, words.hint,
                QString::fromStdString(m_draft.value(field.id)));
    }
    addSecret();
    auto* top = new QHBoxLayout;
    top->setSpacing(8);
    top->addWidget(head, 1);
    top->addWidget(remove);
    auto* grid = new QGridLayout;
    grid->setObjectName(QStringLiteral("grid"));
    grid->setHorizontalSpacing(16);
    grid->setVerticalSpacing(8);
    for (int column = 0; column < kColumns; ++column) {
        grid->setColumnStretch(column, 1);
    }
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(6);
    column->addLayout(top);
    column->addLayout(grid);
    showSecret();
}

void ServerForm::addText(const std::string& id, const QString& label, const QString& example, const QString& hint,
                         const QString& value) {
    auto* field = new QLineEdit(value, this);
    field->setObjectName(QStringLiteral("field.") + QString::fromStdString(id));
    field->setPlaceholderText(example);
    field->setMaxLength(1000);
    field->setCursorPosition(0); // of a long address its beginning is seen
    auto* cell = new FieldCell(label, field, hint, this);
    m_texts[id] = field;
    m_cells[id] = cell;
    if (isFileOfSecret(id)) {
        m_files.push_back(cell);
    } else {
        m_order.push_back(cell);
    }
    connect(field, &QLineEdit::textEdited, this, [this, id] {
        m_touched.insert(id);
        Q_EMIT changed();
    });
}

void ServerForm::addTls() {
    m_tls = new SegmentedControl(this);
    m_tls->setObjectName(QStringLiteral("tls"));
    m_tls->setSegments({{tr("Verified")}, {tr("CA only")}, {tr("Unchecked")}, {tr("Off")}, {tr("Not said")}});
    const auto& mode = m_draft.value("sslmode");
    const auto known = std::ranges::find(kTlsModes, mode, [](const char* word) { return std::string_view(word); });
    m_tls->setCurrent(known != kTlsModes.end() ? static_cast<int>(known - kTlsModes.begin())
                                               : static_cast<int>(kTlsModes.size()) - 1);
    auto* cell = new FieldCell(tr("TLS"), m_tls, {}, this);
    m_cells["sslmode"] = cell;
    m_order.push_back(cell);
    connect(m_tls, &SegmentedControl::chosen, this, [this] {
        m_touched.insert("sslmode");
        Q_EMIT changed();
    });
}

void ServerForm::addSecret() {
    m_from = new SegmentedControl(this);
    m_from->setObjectName(QStringLiteral("secretFrom"));
    m_from->setSegments({{tr("None")}, {tr("Keychain")}, {tr("File")}});
    m_from->setCurrent(
        m_draft.keychain ? FromKeychain
        : std::ranges::any_of(m_draft.values, [](const auto& value) { return isFileOfSecret(value.first); }) ? FromFile
                                                                                                             : Nothing);
    const bool token = m_draft.kind == ServerKind::Control;
    m_order.push_back(new FieldCell(token ? tr("Token") : tr("Password"), m_from, {}, this));
    m_cells["password_from"] = m_order.back();
    m_secret = new SecretField(this);
    m_secret->setObjectName(QStringLiteral("secret"));
    m_secret->setAccessibleName(token ? tr("Token") : tr("Password"));
    m_secret->setPlaceholderText(tr("type to set or replace it"));
    m_secretCell = new FieldCell(tr("In the keychain"), m_secret, tr("never in the profile's file"), this);
    connect(m_from, &SegmentedControl::chosen, this, [this] {
        m_touched.insert("password_from");
        showSecret();
        Q_EMIT changed();
    });
    connect(m_secret, &QLineEdit::textEdited, this, &ServerForm::changed);
}

void ServerForm::showSecret() {
    m_secretCell->setVisible(m_from->current() == FromKeychain);
    for (auto* cell : m_files) {
        cell->setVisible(m_from->current() == FromFile);
    }
    place();
}

/// The fields three in a row, a control that is wider over two.
void ServerForm::place() {
    auto* grid = findChild<QGridLayout*>(QStringLiteral("grid"));
    auto shown = m_order;
    shown.push_back(m_secretCell);
    shown.insert(shown.end(), m_files.begin(), m_files.end());
    int at = 0;
    for (auto* cell : shown) {
        grid->removeWidget(cell);
        if (cell->isHidden()) {
            continue;
        }
        const int span = m_tls != nullptr && cell == m_cells["sslmode"] ? 2 : 1;
        if (at % kColumns + span > kColumns) {
            at += kColumns - at % kColumns;
        }
        grid->addWidget(cell, at / kColumns, at % kColumns, 1, span);
        at += span;
    }
}

ServerDraft ServerForm::draft() const {
    auto draft = m_draft;
    const bool chose = m_touched.contains("password_from"); // before that a file may stand beside the keychain
    for (const auto& [id, field] : m_texts) {
        const auto text = field->text().trimmed().toStdString();
        if (id == "name") {
            draft.name = text;
        } else if (text.empty() || (isFileOfSecret(id) && m_from->current() != FromFile && chose)) {
            draft.values.erase(id);
        } else {
            draft.values[id] = text;
        }
    }
    if (m_tls != nullptr && m_touched.contains("sslmode")) {
        const std::string mode = kTlsModes[static_cast<std::size_t>(m_tls->current())];
        if (mode.empty()) {
            draft.values.erase("sslmode");
        } else {
            draft.values["sslmode"] = mode;
        }
    }
    draft.keychain = m_from->current() == FromKeychain;
    return draft;
}

Secret ServerForm::typedSecret() const {
    if (m_from->current() != FromKeychain) {
        return {};
    }
    return m_secret->text().isEmpty() ? m_pasted : m_secret->secret();
}

void ServerForm::setSecret(Secret secret) {
    m_pasted = std::move(secret);
    if (!m_pasted.empty()) {
        m_secret->setPlaceholderText(tr("as pasted"));
    }
}

void ServerForm::forgetSecret() {
    m_secret->forget();
    m_pasted = {};
    m_secret->setPlaceholderText(tr("type to set or replace it"));
}

void ServerForm::setFaults(const std::vector<DraftFault>& faults, bool all) {
    for (const auto& [id, cell] : m_cells) {
        const auto fault = std::ranges::find(faults, id, &DraftFault::field);
        const bool told = fault != faults.end() && (all || m_touched.contains(id));
        cell->setFault(told ? faultText(*fault) : QString());
    }
}

QWidget* ServerForm::firstFault() const {
    for (auto* cell : m_order) {
        if (!cell->fault().isEmpty()) {
            return cell;
        }
    }
    for (auto* cell : m_files) {
        if (!cell->fault().isEmpty()) {
            return cell;
        }
    }
    return nullptr;
}

} // namespace binnacle::app
