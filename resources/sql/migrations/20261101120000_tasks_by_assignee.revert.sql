-- SPDX-License-Identifier: GPL-3.0-or-later
drop index concurrently public.tasks_by_assignee;
