// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/dialogs/secret_field.h"
#include "backend/collectors/profile_draft.h"

#include <QLineEdit>
#include <QWidget>

#include <map>
#include <set>
#include <string>
#include <vector>

namespace binnacle {
class SegmentedControl;
}

namespace binnacle::app {

class FieldCell;

/// The fields of one server of a profile.
class ServerForm : public QWidget {
    Q_OBJECT

public:
    explicit ServerForm(ServerDraft draft, QWidget* parent = nullptr);

    /// As the fields say it now.
    [[nodiscard]] ServerDraft draft() const;
    /// The password or token that was typed; empty: none was.
    [[nodiscard]] Secret typedSecret() const;
    /// A secret that came with a pasted text: it is used where nothing else is typed.
    void setSecret(Secret secret);
    void forgetSecret();
    /// Shows what is wrong, of the fields that were touched, or of all.
    void setFaults(const std::vector<DraftFault>& faults, bool all);
    /// The first field with a fault, or nullptr.
    [[nodiscard]] QWidget* firstFault() const;

Q_SIGNALS:
    void changed();
    void removeRequested();

private:
    enum SecretFrom { Nothing, FromKeychain, FromFile };
    void addText(const std::string& id, const QString& label, const QString& example, const QString& hint,
                 const QString& value);
    void addTls();
    void addSecret();
    void showSecret();
    void place();

    ServerDraft m_draft; ///< as it came
    Secret m_pasted;
    std::vector<FieldCell*> m_order;
    std::map<std::string, FieldCell*> m_cells; ///< by the id of a field
    std::map<std::string, QLineEdit*> m_texts;
    std::set<std::string> m_touched;
    SegmentedControl* m_tls = nullptr;
    SegmentedControl* m_from = nullptr;
    SecretField* m_secret = nullptr;
    std::vector<FieldCell*> m_files; ///< shown while the secret comes from one
    FieldCell* m_secretCell = nullptr;
};

} // namespace binnacle::app
