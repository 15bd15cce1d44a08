// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/file_saving.h"

#include <QFileDialog>
#include <QSaveFile>
#include <QThread>

#include <memory>
#include <utility>

namespace binnacle::app {

void askWhereToSave(QWidget& window, const SaveQuestion& question, const QObject& context,
                    std::function<void(const QString& file)> chosen) {
    auto* dialog = window.findChild<QFileDialog*>(QString(), Qt::FindDirectChildrenOnly);
    if (dialog == nullptr) {
        dialog = new QFileDialog(&window);
        dialog->setAcceptMode(QFileDialog::AcceptSave);
    } else if (dialog->isVisible()) {
        dialog->activateWindow();
        return;
    }
    dialog->setObjectName(question.object);
    dialog->setWindowTitle(question.title);
    dialog->setNameFilter(question.kind);
    dialog->setDefaultSuffix(question.suffix);
    dialog->selectFile(question.name);
    const auto asked = QObject::connect(dialog, &QFileDialog::fileSelected, &context, std::move(chosen));
    // What is to be saved is kept for no longer than it may be; a file is told before the dialog is over.
    QObject::connect(
        dialog, &QDialog::finished, dialog, [asked] { QObject::disconnect(asked); }, Qt::SingleShotConnection);
    dialog->open();
}

void saveBeside(QObject& context, std::function<QString()> write, std::function<void(const QString& problem)> written) {
    const auto problem = std::make_shared<QString>();
    auto* writer = QThread::create([write = std::move(write), problem] { *problem = write(); });
    QObject::connect(writer, &QThread::finished, &context,
                     [problem, written = std::move(written)] { written(*problem); });
    QObject::connect(writer, &QThread::finished, writer, &QObject::deleteLater);
    writer->start();
}

std::function<QString()> writingOf(QString file, QByteArray bytes) {
    return [file = std::move(file), bytes = std::move(bytes)] {
        QSaveFile out(file);
        const bool done = out.open(QIODevice::WriteOnly) && out.write(bytes) == bytes.size() && out.commit();
        return done ? QString() : out.errorString();
    };
}

} // namespace binnacle::app
