-- SPDX-License-Identifier: GPL-3.0-or-later
-- The bundled service's tables. Run once, as the bootstrap superuser in the database; the roles exist already.
-- Objects belong to migrator, so that migrations need no superuser later.

set role migrator;

create table public.organisations (
    id bigint generated always as identity primary key,
    name text not null,
    created_at timestamptz not null default now()
);

create table public.users (
    id bigint generated always as identity primary key,
    organisation_id bigint not null references public.organisations (id),
    email text not null unique,
    display_name text not null,
    created_at timestamptz not null default now()
);
create index users_organisation on public.users (organisation_id);

create table public.projects (
    id bigint generated always as identity primary key,
    organisation_id bigint not null references public.organisations (id),
    owner_id bigint not null references public.users (id),
    name text not null,
    description text not null default '',
    status text not null default 'active' check (status in ('active', 'archived')),
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
);
-- Lists go down (created_at, id) from a cursor: the same cost on every page.
create index projects_page on public.projects (organisation_id, created_at desc, id desc);
create index projects_owner on public.projects (owner_id);
-- Suggestions are a range of this index; byte order makes "begins with" a range.
create index projects_suggest on public.projects (organisation_id, (lower(name) collate "C"));

create table public.tasks (
    id bigint generated always as identity primary key,
    organisation_id bigint not null references public.organisations (id),
    project_id bigint not null references public.projects (id),
    assignee_id bigint references public.users (id),
    title text not null check (char_length(title) between 1 and 200),
    description text not null default '' check (char_length(description) <= 4000),
    status text not null default 'open' check (status in ('open', 'in_progress', 'done')),
    priority text not null default 'normal' check (priority in ('low', 'normal', 'high')),
    due_on date,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
);
create index tasks_project_page on public.tasks (project_id, created_at desc, id desc);
create index tasks_recent on public.tasks (organisation_id, created_at desc, id desc);
create index tasks_assignee on public.tasks (assignee_id);
create index tasks_suggest on public.tasks (organisation_id, (lower(title) collate "C"), id);

-- The statements that the service runs, prepared on each server connection: pgBouncer calls this on connecting
-- (prepare.sql) and the service binds by name. pgBouncer 1.18 sends at most some 500 bytes there, so the statements
-- live here; the service reads their texts from these lines too, one statement a line, for servers where they are not
-- prepared.
create function public.prepare_statements() returns void language plpgsql as $function$
begin
    deallocate all;
    prepare probe as select 1;
    prepare projects_page(bigint, timestamptz, bigint, bigint) as select id, name, status, owner_id, created_at, updated_at from public.projects where organisation_id = $1 and (created_at, id) < ($2, $3) order by created_at desc, id desc limit $4;
    prepare project_by_id(bigint, bigint) as select p.id, p.name, p.status, p.owner_id, p.created_at, p.updated_at, p.description, t.total, t.unfinished from public.projects p cross join lateral (select count(*) as total, count(*) filter (where status <> $$done$$) as unfinished from public.tasks where project_id = p.id) t where p.organisation_id = $1 and p.id = $2;
    prepare project_exists(bigint, bigint) as select id from public.projects where organisation_id = $1 and id = $2;
    prepare project_tasks_page(bigint, bigint, timestamptz, bigint, bigint) as select id, title, status, priority, assignee_id, created_at, updated_at from public.tasks where organisation_id = $1 and project_id = $2 and (created_at, id) < ($3, $4) order by created_at desc, id desc limit $5;
    prepare task_by_id(bigint, bigint) as select id, project_id, title, description, status, priority, assignee_id, due_on, created_at, updated_at from public.tasks where organisation_id = $1 and id = $2;
    prepare task_insert(bigint, bigint, text, text, text) as insert into public.tasks (organisation_id, project_id, title, description, priority) select organisation_id, id, $3, $4, $5 from public.projects where organisation_id = $1 and id = $2 returning id, project_id, title, description, status, priority, assignee_id, due_on, created_at, updated_at;
    prepare dashboard_projects(bigint) as select count(*) as total, count(*) filter (where status = $$active$$) as active from public.projects where organisation_id = $1;
    prepare dashboard_recent_tasks(bigint) as select id, project_id, title, status, created_at from public.tasks where organisation_id = $1 order by created_at desc, id desc limit 10;
    prepare dashboard_analytics(bigint) as with totals as materialized (select status, priority, project_id, created_at::date as created_on, count(*) as number from public.tasks where organisation_id = $1 group by status, priority, project_id, created_at::date) select json_build_object($$as_of$$, to_char(now() at time zone $$UTC$$, $$YYYY-MM-DD"T"HH24:MI:SS"Z"$$), $$by_status$$, (select coalesce(json_object_agg(status, number), $${}$$::json) from (select status, sum(number) as number from totals group by status order by status) s), $$by_priority$$, (select coalesce(json_object_agg(priority, number), $${}$$::json) from (select priority, sum(number) as number from totals group by priority order by priority) p), $$created_per_day$$, (select coalesce(json_agg(json_build_object($$day$$, created_on, $$tasks$$, number) order by created_on), $$[]$$::json) from (select created_on, sum(number) as number from totals group by created_on order by created_on desc limit 14) d), $$busiest_projects$$, (select coalesce(json_agg(json_build_object($$project_id$$, project_id, $$open_tasks$$, number) order by number desc, project_id), $$[]$$::json) from (select project_id, sum(number) as number from totals where status <> $$done$$ group by project_id order by number desc, project_id limit 5) b))::text;
    prepare suggest_projects(bigint, text, text) as select id, name from public.projects where organisation_id = $1 and lower(name) collate "C" >= lower($2) collate "C" and lower(name) collate "C" < lower($3) collate "C" order by lower(name) collate "C" limit 4;
    prepare suggest_tasks(bigint, text, text) as select distinct on (lower(title) collate "C") id, title from public.tasks where organisation_id = $1 and lower(title) collate "C" >= lower($2) collate "C" and lower(title) collate "C" < lower($3) collate "C" order by lower(title) collate "C", id limit 10;
end
$function$;

grant usage on schema public to app_rw, app_ro;
grant select, insert, update, delete on public.organisations, public.users, public.projects, public.tasks to app_rw;
grant select on public.organisations, public.users, public.projects, public.tasks to app_ro;

reset role;

-- Limits of the server's own, under those that the service keeps: through pgBouncer they can only come with the role.
alter role app_rw set statement_timeout = '5s';
alter role app_rw set lock_timeout = '500ms';
alter role app_rw set idle_in_transaction_session_timeout = '5s';
alter role app_ro set statement_timeout = '5s';
alter role app_ro set idle_in_transaction_session_timeout = '5s';
