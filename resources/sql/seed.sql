-- SPDX-License-Identifier: GPL-3.0-or-later
-- Demonstration data, the same on every machine: one organisation (id 1), 24 users, 200 projects, 20 000 tasks.
-- Does nothing where an organisation exists already.

insert into public.organisations (name, created_at)
select 'Meridian Works', timestamptz '2026-01-05 08:00:00+00'
where not exists (select 1 from public.organisations);

insert into public.users (organisation_id, email, display_name, created_at)
select 1, 'user' || n || '@meridian.example',
       (array['Ada', 'Bela', 'Chiara', 'Dmitri', 'Elin', 'Farid', 'Greta', 'Hiro'])[1 + n % 8] || ' '
           || (array['Okafor', 'Lindqvist', 'Moreau'])[1 + n / 8 % 3],
       timestamptz '2026-01-05 09:00:00+00' + n * interval '7 hours'
from generate_series(1, 24) n
where not exists (select 1 from public.users)
order by n;

insert into public.projects (organisation_id, owner_id, name, description, status, created_at, updated_at)
select 1, 1 + n * 7 % 24,
       (array['Harbour', 'Lighthouse', 'Compass', 'Sextant', 'Anchor', 'Tide', 'Beacon', 'Chart', 'Keel', 'Mast'])[1 + n % 10]
           || ' ' || (array['portal', 'billing', 'migration', 'reporting', 'onboarding'])[1 + n / 10 % 5]
           || ' ' || (n / 50 + 1),
       'Plans and open work, kept in one place so that nobody has to ask twice.',
       case when n % 9 = 0 then 'archived' else 'active' end,
       timestamptz '2026-02-01 08:00:00+00' + n * interval '31 hours',
       timestamptz '2026-02-01 08:00:00+00' + n * interval '32 hours'
from generate_series(0, 199) n
where not exists (select 1 from public.projects)
order by n;

-- The project of a task is skewed (the square of an even spread), as in life: few are busy, most are quiet.
insert into public.tasks (organisation_id, project_id, assignee_id, title, description, status, priority, due_on,
                          created_at, updated_at)
select 1, 1 + (n * 7919::bigint % 20000) * (n * 7919::bigint % 20000) / 2000000,
       case when n % 6 = 0 then null else 1 + n * 5 % 24 end,
       (array['Review', 'Draft', 'Fix', 'Measure', 'Document', 'Plan', 'Test', 'Ship', 'Clarify', 'Retire'])[1 + n % 10]
           || ' ' || (array['the invoice export', 'the login page', 'the search index', 'the weekly report',
                            'the import job', 'the mobile layout', 'the access rules', 'the backup drill',
                            'the price table', 'the sign-up mail', 'the audit trail'])[1 + n / 10 % 11]
           || ' #' || n,
       'Agreed in the weekly meeting. Acceptance is written in the project.',
       (array['open', 'open', 'in_progress', 'done', 'done'])[1 + n * 13 % 5],
       (array['normal', 'normal', 'low', 'high'])[1 + n * 11 % 4],
       case when n % 4 = 0 then date '2026-11-01' + (n % 60)::int end,
       timestamptz '2026-02-16 08:00:00+00' + n * interval '1147 seconds',
       timestamptz '2026-02-16 08:00:00+00' + n * interval '1149 seconds'
from generate_series(0, 19999) n
where not exists (select 1 from public.tasks)
order by n;

analyze public.organisations, public.users, public.projects, public.tasks;
