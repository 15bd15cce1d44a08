// SPDX-License-Identifier: GPL-3.0-or-later
// Asio's and Beast's non-template code is compiled here, once, instead of in every file that includes them.
#include <boost/asio/impl/src.hpp>
#include <boost/beast/src.hpp>
