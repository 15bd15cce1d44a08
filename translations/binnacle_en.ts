<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>Action</name>
    <message numerus="yes">
        <source>1 session, and %n that wait(s)</source>
        <translation>
            <numerusform>1 session, and %n that waits</numerusform>
            <numerusform>1 session, and %n that wait</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n cached value(s)</source>
        <translation>
            <numerusform>%n cached value</numerusform>
            <numerusform>%n cached values</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n pool(s)</source>
        <translation>
            <numerusform>%n pool</numerusform>
            <numerusform>%n pools</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Alerts</name>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n alert(s) on %1</source>
        <translation>
            <numerusform>%n alert on %1</numerusform>
            <numerusform>%n alerts on %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Connections</name>
    <message numerus="yes">
        <source>%n instances</source>
        <translation>
            <numerusform>%n instance</numerusform>
            <numerusform>%n instances</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LikelyCause</name>
    <message numerus="yes">
        <source>%n sessions wait behind it.</source>
        <translation>
            <numerusform>%n session waits behind it.</numerusform>
            <numerusform>%n sessions wait behind it.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>What is seen at %1 and %n more follows from it.</source>
        <translation>
            <numerusform>What is seen at %1 and %n more follows from it.</numerusform>
            <numerusform>What is seen at %1 and %n more follows from it.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Palette</name>
    <message numerus="yes">
        <source>%n session(s)</source>
        <translation>
            <numerusform>%n session</numerusform>
            <numerusform>%n sessions</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>binnacle::RequestPathView</name>
    <message numerus="yes">
        <source>%n waiting</source>
        <translation>
            <numerusform>%n waiting</numerusform>
            <numerusform>%n waiting</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>binnacle::app::AlertBell</name>
    <message numerus="yes">
        <source>%n alert(s)</source>
        <translation>
            <numerusform>%n alert</numerusform>
            <numerusform>%n alerts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n quiet</source>
        <comment>alerts</comment>
        <translation>
            <numerusform>%n quiet</numerusform>
            <numerusform>%n quiet</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n critical</source>
        <translation>
            <numerusform>%n critical</numerusform>
            <numerusform>%n critical</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n caution</source>
        <translation>
            <numerusform>%n caution</numerusform>
            <numerusform>%n caution</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n acknowledged or silenced</source>
        <translation>
            <numerusform>%n acknowledged or silenced</numerusform>
            <numerusform>%n acknowledged or silenced</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>binnacle::app::AlertsDialog</name>
    <message numerus="yes">
        <source>%n rule(s) are watched: R shows them with their limits</source>
        <translation>
            <numerusform>%n rule is watched: R shows it with its limits</numerusform>
            <numerusform>%n rules are watched: R shows them with their limits</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n raised</source>
        <translation>
            <numerusform>%n raised</numerusform>
            <numerusform>%n raised</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n to look at</source>
        <translation>
            <numerusform>%n to look at</numerusform>
            <numerusform>%n to look at</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n acknowledged or silenced</source>
        <translation>
            <numerusform>%n acknowledged or silenced</numerusform>
            <numerusform>%n acknowledged or silenced</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>binnacle::app::ConnectionsPage</name>
    <message numerus="yes">
        <source>%n profiles to choose from.</source>
        <translation>
            <numerusform>%n profile to choose from.</numerusform>
            <numerusform>%n profiles to choose from.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n files of profiles can&apos;t be read.</source>
        <translation>
            <numerusform>%n file of a profile can't be read.</numerusform>
            <numerusform>%n files of profiles can't be read.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>binnacle::app::CredentialDialog</name>
    <message numerus="yes">
        <source>Passwords for %n servers of %1</source>
        <translation>
            <numerusform>Password for %n server of %1</numerusform>
            <numerusform>Passwords for %n servers of %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>binnacle::app::DatabasePage</name>
    <message numerus="yes">
        <source>%n sessions wait for a lock.</source>
        <translation>
            <numerusform>%n session waits for a lock.</numerusform>
            <numerusform>%n sessions wait for a lock.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>binnacle::app::DeadlockPanel</name>
    <message numerus="yes">
        <source>%n are kept</source>
        <translation>
            <numerusform>%n is kept</numerusform>
            <numerusform>%n are kept</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n reports read</source>
        <translation>
            <numerusform>%n report read</numerusform>
            <numerusform>%n reports read</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>a ring of %n: choose whose statement is shown</source>
        <translation>
            <numerusform>a ring of %n: choose whose statement is shown</numerusform>
            <numerusform>a ring of %n: choose whose statement is shown</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>binnacle::app::InForcePanel</name>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>binnacle::app::LocksPage</name>
    <message numerus="yes">
        <source>%n deadlocks are known.</source>
        <translation>
            <numerusform>%n deadlock is known.</numerusform>
            <numerusform>%n deadlocks are known.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>One idle transaction blocks %n sessions.</source>
        <translation>
            <numerusform>One idle transaction blocks %n session.</numerusform>
            <numerusform>One idle transaction blocks %n sessions.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>One session blocks %n others.</source>
        <translation>
            <numerusform>One session blocks %n other.</numerusform>
            <numerusform>One session blocks %n others.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n others block, too.</source>
        <translation>
            <numerusform>%n other blocks, too.</numerusform>
            <numerusform>%n others block, too.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>binnacle::app::NotesDialog</name>
    <message numerus="yes">
        <source>%n note(s) of this place, the newest first.</source>
        <translation>
            <numerusform>%n note of this place.</numerusform>
            <numerusform>%n notes of this place, the newest first.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>binnacle::app::PoolsPage</name>
    <message numerus="yes">
        <source>%n requests wait for a pool slot.</source>
        <translation>
            <numerusform>%n request waits for a pool slot.</numerusform>
            <numerusform>%n requests wait for a pool slot.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n clients wait in pgBouncer.</source>
        <translation>
            <numerusform>%n client waits in pgBouncer.</numerusform>
            <numerusform>%n clients wait in pgBouncer.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>binnacle::app::ProbePanel</name>
    <message numerus="yes">
        <source>all %n servers can be read</source>
        <translation>
            <numerusform>%n server can be read</numerusform>
            <numerusform>all %n servers can be read</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>binnacle::app::TrafficPage</name>
    <message numerus="yes">
        <source>%n requests queue at HAProxy.</source>
        <translation>
            <numerusform>%n request queues at HAProxy.</numerusform>
            <numerusform>%n requests queue at HAProxy.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Tail</name>
    <message numerus="yes">
        <source>%n bursts, %1 apart (±%2), hold %3 of the slow requests; %4.</source>
        <translation>
            <numerusform>%n burst, %1 apart (±%2), holds %3 of the slow requests; %4.</numerusform>
            <numerusform>%n bursts, %1 apart (±%2), hold %3 of the slow requests; %4.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Sporadic: %n bursts without a rhythm.</source>
        <translation>
            <numerusform>Sporadic: %n burst.</numerusform>
            <numerusform>Sporadic: %n bursts without a rhythm.</numerusform>
        </translation>
    </message>
</context>
</TS>
