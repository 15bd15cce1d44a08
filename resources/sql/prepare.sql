-- SPDX-License-Identifier: GPL-3.0-or-later
-- connect_query of pgBouncer: run once on each new server connection. Short, because pgBouncer 1.18 sends little there.
select public.prepare_statements();
