-- SPDX-License-Identifier: GPL-3.0-or-later
-- title: Index tasks by assignee
-- A person's tasks by status, newest first, without sorting.
create index concurrently tasks_by_assignee on public.tasks (assignee_id, status, created_at desc, id desc);
