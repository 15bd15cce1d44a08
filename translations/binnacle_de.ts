<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>Action</name>
    <message>
        <source>%1 more</source>
        <translation>%1 weitere</translation>
    </message>
    <message>
        <source>Degradation level</source>
        <translation>Degradationsstufe</translation>
    </message>
    <message>
        <source>Canary share</source>
        <translation>Canary-Anteil</translation>
    </message>
    <message>
        <source>Generation</source>
        <translation>Generation</translation>
    </message>
    <message>
        <source>Lease until</source>
        <translation>Frist bis</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Index</source>
        <translation>Index</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>Tabelle</translation>
    </message>
    <message>
        <source>Migration</source>
        <translation>Migration</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>Lock: %1</source>
        <translation>Sperre: %1</translation>
    </message>
    <message>
        <source>about %1 rows</source>
        <translation>etwa %1 Zeilen</translation>
    </message>
    <message>
        <source>table %1</source>
        <translation>Tabelle %1</translation>
    </message>
    <message>
        <source>indexes %1</source>
        <translation>Indexe %1</translation>
    </message>
    <message>
        <source>Affects</source>
        <translation>Betrifft</translation>
    </message>
    <message>
        <source>1 instance</source>
        <translation>1 Instanz</translation>
    </message>
    <message>
        <source>%1 instances</source>
        <translation>%1 Instanzen</translation>
    </message>
    <message>
        <source>Nothing that runs</source>
        <translation>Nichts, was läuft</translation>
    </message>
    <message>
        <source>1 target</source>
        <translation>1 Ziel</translation>
    </message>
    <message>
        <source>%1 targets</source>
        <translation>%1 Ziele</translation>
    </message>
    <message>
        <source>%1 of all users meet the canary</source>
        <translation>%1 aller Nutzer bekommen den Canary</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Zurücknehmen</translation>
    </message>
    <message>
        <source>Possible</source>
        <translation>Möglich</translation>
    </message>
    <message>
        <source>by one more act, previewed like this one</source>
        <translation>durch eine weitere Aktion mit Vorschau wie hier</translation>
    </message>
    <message>
        <source>back to %1, while nobody changed it since</source>
        <translation>zurück auf %1, solange niemand es geändert hat</translation>
    </message>
    <message>
        <source>Not possible</source>
        <translation>Nicht möglich</translation>
    </message>
    <message>
        <source>Its effect ends by itself.</source>
        <translation>Die Wirkung endet von selbst.</translation>
    </message>
    <message>
        <source>What it did stays done.</source>
        <translation>Was getan ist, bleibt getan.</translation>
    </message>
    <message>
        <source>If nobody acts</source>
        <translation>Wenn niemand eingreift</translation>
    </message>
    <message>
        <source>It stays</source>
        <translation>Bleibt bestehen</translation>
    </message>
    <message>
        <source>no lease ends it</source>
        <translation>keine Frist beendet es</translation>
    </message>
    <message>
        <source>Ends at %1</source>
        <translation>Endet um %1</translation>
    </message>
    <message>
        <source>once control is back: without it no lease ends</source>
        <translation>sobald Control zurück ist: ohne Control endet keine Frist</translation>
    </message>
    <message>
        <source>then one level down a minute, while the instances bear it</source>
        <translation>dann eine Stufe je Minute abwärts, solange die Instanzen es tragen</translation>
    </message>
    <message>
        <source>Extend degradation %1 on %2</source>
        <translation>Degradation %1 auf %2 verlängern</translation>
    </message>
    <message>
        <source>Release to degradation %1 on %2</source>
        <translation>Degradation auf %1 lösen, auf %2</translation>
    </message>
    <message>
        <source>Set degradation %1 on %2</source>
        <translation>Degradation %1 auf %2 setzen</translation>
    </message>
    <message>
        <source>Extend %1</source>
        <translation>%1 verlängern</translation>
    </message>
    <message>
        <source>Release to %1</source>
        <translation>Auf %1 lösen</translation>
    </message>
    <message>
        <source>Set %1</source>
        <translation>%1 setzen</translation>
    </message>
    <message>
        <source>Keep the lease</source>
        <translation>Frist belassen</translation>
    </message>
    <message>
        <source>Keep %1</source>
        <translation>%1 belassen</translation>
    </message>
    <message>
        <source>Set the canary share to %1 in HAProxy</source>
        <translation>Canary-Anteil in HAProxy auf %1 setzen</translation>
    </message>
    <message>
        <source>Set share to %1</source>
        <translation>Anteil auf %1 setzen</translation>
    </message>
    <message>
        <source>Panic: canary share 0 %, a running migration ends cleanly, the level stays</source>
        <translation>Panik: Canary-Anteil 0 %, eine laufende Migration endet sauber, die Stufe bleibt</translation>
    </message>
    <message>
        <source>Panic now</source>
        <translation>Panik auslösen</translation>
    </message>
    <message>
        <source>Change nothing</source>
        <translation>Nichts ändern</translation>
    </message>
    <message>
        <source>Take back #%1: %2</source>
        <translation>#%1 zurücknehmen: %2</translation>
    </message>
    <message>
        <source>level %1</source>
        <translation>Stufe %1</translation>
    </message>
    <message>
        <source>Level %1 extended</source>
        <translation>Stufe %1 verlängert</translation>
    </message>
    <message>
        <source>Level %1 to %2</source>
        <translation>Stufe %1 auf %2</translation>
    </message>
    <message>
        <source>Canary share %1 to %2</source>
        <translation>Canary-Anteil %1 auf %2</translation>
    </message>
    <message>
        <source>Panic</source>
        <translation>Panik</translation>
    </message>
    <message>
        <source>about %1</source>
        <translation>etwa %1</translation>
    </message>
    <message>
        <source>Expected figures are worked out from %1.</source>
        <translation>Die erwarteten Zahlen sind berechnet aus %1.</translation>
    </message>
    <message>
        <source>Control does not answer (%1). This goes past it, by break-glass.</source>
        <translation>Control antwortet nicht (%1). Dies geht daran vorbei, über den Notzugang.</translation>
    </message>
    <message>
        <source>Panic, without control: canary share 0 % in HAProxy</source>
        <translation>Panik ohne Control: Canary-Anteil 0 % in HAProxy</translation>
    </message>
    <message>
        <source>A running migration can&apos;t be reached without control and is not ended.</source>
        <translation>Eine laufende Migration ist ohne Control nicht erreichbar und wird nicht beendet.</translation>
    </message>
    <message>
        <source>%1 by %2</source>
        <translation>%1 durch %2</translation>
    </message>
    <message>
        <source>Cancel query of %1</source>
        <translation>Abfrage von %1 abbrechen</translation>
    </message>
    <message>
        <source>Keep it running</source>
        <translation>Weiterlaufen lassen</translation>
    </message>
    <message>
        <source>It is final</source>
        <translation>Es ist endgültig</translation>
    </message>
    <message>
        <source>The query has ended, its session stays connected.</source>
        <translation>Die Abfrage ist beendet, ihre Sitzung bleibt verbunden.</translation>
    </message>
    <message>
        <source>Terminate session %1</source>
        <translation>Sitzung %1 beenden</translation>
    </message>
    <message>
        <source>Keep the session</source>
        <translation>Sitzung belassen</translation>
    </message>
    <message>
        <source>Invalidate %1</source>
        <translation>%1 invalidieren</translation>
    </message>
    <message>
        <source>Keep it cached</source>
        <translation>Im Cache lassen</translation>
    </message>
    <message>
        <source>It fills again</source>
        <translation>Füllt sich wieder</translation>
    </message>
    <message>
        <source>by itself, with the next reads</source>
        <translation>von selbst, mit den nächsten Lesezugriffen</translation>
    </message>
    <message>
        <source>Take %1 out of rotation</source>
        <translation>%1 aus der Rotation nehmen</translation>
    </message>
    <message>
        <source>Leave %1 as it is</source>
        <translation>%1 so lassen</translation>
    </message>
    <message>
        <source>It stays out</source>
        <translation>Bleibt herausgenommen</translation>
    </message>
    <message>
        <source>until somebody puts it back; no lease ends it</source>
        <translation>bis jemand sie wieder in Rotation nimmt; keine Frist beendet es</translation>
    </message>
    <message>
        <source>Put %1 back into rotation</source>
        <translation>%1 zurück in Rotation nehmen</translation>
    </message>
    <message>
        <source>It stays in rotation</source>
        <translation>Bleibt in Rotation</translation>
    </message>
    <message>
        <source>as long as HAProxy finds it well</source>
        <translation>solange HAProxy sie für gesund hält</translation>
    </message>
    <message>
        <source>Pause %1</source>
        <translation>%1 anhalten</translation>
    </message>
    <message>
        <source>It stays paused</source>
        <translation>Bleibt angehalten</translation>
    </message>
    <message>
        <source>until somebody resumes it</source>
        <translation>bis jemand ihn fortsetzt</translation>
    </message>
    <message>
        <source>Resume %1</source>
        <translation>%1 fortsetzen</translation>
    </message>
    <message>
        <source>It stays active</source>
        <translation>Bleibt aktiv</translation>
    </message>
    <message>
        <source>until somebody pauses it</source>
        <translation>bis jemand ihn anhält</translation>
    </message>
    <message>
        <source>Resize %1</source>
        <translation>Größe von %1 ändern</translation>
    </message>
    <message>
        <source>It keeps that size</source>
        <translation>Behält diese Größe</translation>
    </message>
    <message>
        <source>also when pgBouncer starts again; no lease ends it</source>
        <translation>auch wenn pgBouncer neu startet; keine Frist beendet es</translation>
    </message>
    <message>
        <source>Apply %1</source>
        <translation>%1 anwenden</translation>
    </message>
    <message>
        <source>It stays applied</source>
        <translation>Bleibt angewendet</translation>
    </message>
    <message>
        <source>until somebody takes it back</source>
        <translation>bis jemand sie zurücknimmt</translation>
    </message>
    <message>
        <source>Take %1 back</source>
        <translation>%1 zurücknehmen</translation>
    </message>
    <message>
        <source>It stays taken back</source>
        <translation>Bleibt zurückgenommen</translation>
    </message>
    <message>
        <source>until somebody applies it again</source>
        <translation>bis jemand sie wieder anwendet</translation>
    </message>
    <message>
        <source>Stop %1</source>
        <translation>%1 anhalten</translation>
    </message>
    <message>
        <source>What was built so far is dropped, and it runs no more.</source>
        <translation>Was bisher gebaut ist, wird verworfen, und sie läuft nicht weiter.</translation>
    </message>
    <message>
        <source>Pause %1 for %2</source>
        <translation>%1 für %2 anhalten</translation>
    </message>
    <message>
        <source>Resize %1 from %2 to %3</source>
        <translation>Größe von %1 von %2 auf %3 ändern</translation>
    </message>
    <message>
        <source>Resize %1 to %2</source>
        <translation>Größe von %1 auf %2 ändern</translation>
    </message>
    <message>
        <source>Set degradation level %1</source>
        <translation>Degradationsstufe %1 setzen</translation>
    </message>
    <message>
        <source>Set the canary share to %1</source>
        <translation>Canary-Anteil auf %1 setzen</translation>
    </message>
    <message>
        <source>pool %1</source>
        <translation>Pool %1</translation>
    </message>
    <message>
        <source>key %1</source>
        <translation>Schlüssel %1</translation>
    </message>
    <message>
        <source>tag %1</source>
        <translation>Tag %1</translation>
    </message>
    <message>
        <source>migration %1</source>
        <translation>Migration %1</translation>
    </message>
    <message>
        <source>Ends by itself after</source>
        <translation>Endet von selbst nach</translation>
    </message>
    <message>
        <source>Instance</source>
        <translation>Instanz</translation>
    </message>
    <message>
        <source>Pool</source>
        <translation>Pool</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>Server</translation>
    </message>
    <message>
        <source>Process</source>
        <translation>Prozess</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Schlüssel</translation>
    </message>
    <message>
        <source>Tag</source>
        <translation>Tag</translation>
    </message>
    <message>
        <source>Session began</source>
        <translation>Beginn der Sitzung</translation>
    </message>
    <message>
        <source>Transaction began</source>
        <translation>Beginn der Transaktion</translation>
    </message>
    <message>
        <source>Requests on it</source>
        <translation>Anfragen darauf</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Clients waiting</source>
        <translation>Wartende Clients</translation>
    </message>
    <message>
        <source>Connections in use</source>
        <translation>Verbindungen in Gebrauch</translation>
    </message>
    <message>
        <source>Connections open</source>
        <translation>Offene Verbindungen</translation>
    </message>
    <message>
        <source>Connections that PostgreSQL takes</source>
        <translation>Verbindungen, die PostgreSQL annimmt</translation>
    </message>
    <message>
        <source>User</source>
        <translation>Nutzer</translation>
    </message>
    <message>
        <source>Database</source>
        <translation>Datenbank</translation>
    </message>
    <message>
        <source>Application</source>
        <translation>Anwendung</translation>
    </message>
    <message>
        <source>Client</source>
        <translation>Client</translation>
    </message>
    <message>
        <source>Query began</source>
        <translation>Beginn der Abfrage</translation>
    </message>
    <message>
        <source>Query for</source>
        <translation>Abfrage seit</translation>
    </message>
    <message>
        <source>Transaction for</source>
        <translation>Transaktion seit</translation>
    </message>
    <message>
        <source>Session for</source>
        <translation>Sitzung seit</translation>
    </message>
    <message>
        <source>Sessions that wait behind it</source>
        <translation>Sitzungen, die dahinter warten</translation>
    </message>
    <message>
        <source>Of them going on</source>
        <translation>Davon laufen weiter</translation>
    </message>
    <message>
        <source>Cached keys</source>
        <translation>Gecachte Schlüssel</translation>
    </message>
    <message>
        <source>Removed keys</source>
        <translation>Entfernte Schlüssel</translation>
    </message>
    <message>
        <source>Statement</source>
        <translation>Anweisung</translation>
    </message>
    <message>
        <source>Lock</source>
        <translation>Sperre</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>Zeilen</translation>
    </message>
    <message>
        <source>Size of the table</source>
        <translation>Größe der Tabelle</translation>
    </message>
    <message>
        <source>Size of its indexes</source>
        <translation>Größe ihrer Indexe</translation>
    </message>
    <message>
        <source>%1 expected</source>
        <translation>%1 erwartet</translation>
    </message>
    <message>
        <source>1 session</source>
        <translation>1 Sitzung</translation>
    </message>
    <message numerus="yes">
        <source>1 session, and %n that wait(s)</source>
        <translation>
            <numerusform>1 Sitzung, und %n, die wartet</numerusform>
            <numerusform>1 Sitzung, und %n, die warten</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing cached</source>
        <translation>Nichts gecacht</translation>
    </message>
    <message numerus="yes">
        <source>%n cached value(s)</source>
        <translation>
            <numerusform>%n gecachter Wert</numerusform>
            <numerusform>%n gecachte Werte</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n pool(s)</source>
        <translation>
            <numerusform>%n Pool</numerusform>
            <numerusform>%n Pools</numerusform>
        </translation>
    </message>
    <message>
        <source>%1, while nobody changed it since</source>
        <translation>%1, solange es niemand geändert hat</translation>
    </message>
    <message>
        <source>Resumed after %1</source>
        <translation>Fortgesetzt nach %1</translation>
    </message>
    <message>
        <source>Ends after %1</source>
        <translation>Endet nach %1</translation>
    </message>
    <message>
        <source>by itself, when its lease ends</source>
        <translation>von selbst, wenn die Frist endet</translation>
    </message>
    <message>
        <source>Keep size %1</source>
        <translation>Größe %1 belassen</translation>
    </message>
    <message>
        <source>Undo #%1: %2</source>
        <translation>#%1 zurücknehmen: %2</translation>
    </message>
    <message>
        <source>nothing brings it back</source>
        <translation>nichts bringt sie zurück</translation>
    </message>
    <message>
        <source>Sessions of others</source>
        <translation>Sitzungen anderer</translation>
    </message>
    <message>
        <source>1 table</source>
        <translation>1 Tabelle</translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation>%1 min</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
</context>
<context>
    <name>Alert</name>
    <message>
        <source>All connections of an instance&apos;s pool are taken.</source>
        <translation>Alle Verbindungen im Pool einer Instanz sind vergeben.</translation>
    </message>
    <message>
        <source>All of its servers are taken.</source>
        <translation>Alle seine Server sind vergeben.</translation>
    </message>
    <message>
        <source>Answers of class 5xx, of all requests.</source>
        <translation>Antworten der Klasse 5xx, von allen Anfragen.</translation>
    </message>
    <message>
        <source>Below what was usual in the last quarter of an hour.</source>
        <translation>Unter dem, was in der letzten Viertelstunde üblich war.</translation>
    </message>
    <message>
        <source>Cache hits fell</source>
        <translation>Cache-Treffer gefallen</translation>
    </message>
    <message>
        <source>Clients wait in pgBouncer</source>
        <translation>Clients warten in pgBouncer</translation>
    </message>
    <message>
        <source>Connections in use, of all that its pool may have.</source>
        <translation>Belegte Verbindungen, von allen, die der Pool haben darf.</translation>
    </message>
    <message>
        <source>Connections run out</source>
        <translation>Verbindungen gehen aus</translation>
    </message>
    <message>
        <source>Deadlocks</source>
        <translation>Deadlocks</translation>
    </message>
    <message>
        <source>Error budget burns</source>
        <translation>Fehlerbudget brennt</translation>
    </message>
    <message>
        <source>Error budget burns fast</source>
        <translation>Fehlerbudget brennt schnell</translation>
    </message>
    <message>
        <source>HAProxy sends it no requests, and nobody has drained it.</source>
        <translation>HAProxy schickt keine Anfragen dorthin, und niemand hat sie herausgenommen.</translation>
    </message>
    <message>
        <source>In the last quarter of an hour; it clears when that has passed.</source>
        <translation>In der letzten Viertelstunde; endet, wenn sie vorbei ist.</translation>
    </message>
    <message>
        <source>It answers, and refuses or says what is not understood.</source>
        <translation>Antwortet, lehnt aber ab oder sagt, was nicht verstanden wird.</translation>
    </message>
    <message>
        <source>It falls behind until it connects again.</source>
        <translation>Sie fällt zurück, bis sie sich wieder verbindet.</translation>
    </message>
    <message>
        <source>It is not read any more: what it told last is not of now.</source>
        <translation>Es wird nicht mehr gelesen: Was zuletzt gesagt wurde, ist nicht von jetzt.</translation>
    </message>
    <message>
        <source>Its lag grows with the next write.</source>
        <translation>Ihr Rückstand wächst mit dem nächsten Schreiben.</translation>
    </message>
    <message>
        <source>No answer</source>
        <translation>Keine Antwort</translation>
    </message>
    <message>
        <source>Not readable</source>
        <translation>Nicht lesbar</translation>
    </message>
    <message>
        <source>Of all that the server admits.</source>
        <translation>Von allen, die der Server zulässt.</translation>
    </message>
    <message>
        <source>One request of a hundred takes longer than this.</source>
        <translation>Eine von hundert Anfragen dauert länger.</translation>
    </message>
    <message>
        <source>Out of rotation</source>
        <translation>Aus der Rotation</translation>
    </message>
    <message>
        <source>Pool nearly full</source>
        <translation>Pool fast voll</translation>
    </message>
    <message>
        <source>Replay paused</source>
        <translation>Replay angehalten</translation>
    </message>
    <message>
        <source>Replica behind</source>
        <translation>Replikat zurück</translation>
    </message>
    <message>
        <source>Replica does not stream</source>
        <translation>Replikat streamt nicht</translation>
    </message>
    <message>
        <source>Requests fail</source>
        <translation>Anfragen schlagen fehl</translation>
    </message>
    <message>
        <source>Requests queue in HAProxy</source>
        <translation>Anfragen warten in HAProxy</translation>
    </message>
    <message>
        <source>Requests wait for a pool slot</source>
        <translation>Anfragen warten auf einen Pool-Slot</translation>
    </message>
    <message>
        <source>Sessions wait for locks</source>
        <translation>Sitzungen warten auf Sperren</translation>
    </message>
    <message>
        <source>So many times as fast as it lasts, over the last five minutes and the last hour.</source>
        <translation>So viel schneller, als es reicht, über die letzten fünf Minuten und die letzte Stunde.</translation>
    </message>
    <message>
        <source>So many times as fast as it lasts, over the last half hour and the last six hours.</source>
        <translation>So viel schneller, als es reicht, über die letzte halbe Stunde und die letzten sechs Stunden.</translation>
    </message>
    <message>
        <source>Somebody has waited for half a minute without a break.</source>
        <translation>Seit einer halben Minute wartet ununterbrochen jemand.</translation>
    </message>
    <message>
        <source>The instances take no more than they have.</source>
        <translation>Die Instanzen nehmen nicht mehr an, als sie haben.</translation>
    </message>
    <message>
        <source>What is read there is that old.</source>
        <translation>So alt ist, was dort gelesen wird.</translation>
    </message>
    <message>
        <source>does not stream</source>
        <translation>streamt nicht</translation>
    </message>
    <message>
        <source>gets no requests</source>
        <translation>bekommt keine Anfragen</translation>
    </message>
    <message>
        <source>no answer</source>
        <translation>keine Antwort</translation>
    </message>
    <message>
        <source>p99 over the target</source>
        <translation>p99 über dem Ziel</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>angehalten</translation>
    </message>
    <message>
        <source>refused</source>
        <translation>abgelehnt</translation>
    </message>
    <message>
        <source>Unused slot keeps WAL</source>
        <translation>Unbenutzter Slot hält WAL zurück</translation>
    </message>
    <message>
        <source>Nobody reads from it, and the server keeps all that is written for it.</source>
        <translation>Niemand liest daraus, und der Server hebt alles für ihn auf, was geschrieben wird.</translation>
    </message>
    <message>
        <source>WAL is not archived</source>
        <translation>WAL wird nicht archiviert</translation>
    </message>
    <message>
        <source>Failed attempts in the last five minutes; what is not archived stays on the disk.</source>
        <translation>Fehlgeschlagene Versuche in den letzten fünf Minuten; was nicht archiviert ist, bleibt auf der Platte.</translation>
    </message>
    <message>
        <source>Transaction ids run out</source>
        <translation>Transaktionsnummern werden knapp</translation>
    </message>
    <message>
        <source>So many were used since the oldest row was frozen; at 2.1 thousand million the server takes no more.</source>
        <translation>So viele wurden verbraucht, seit die älteste Zeile eingefroren wurde; bei 2,1 Milliarden nimmt der Server keine mehr an.</translation>
    </message>
    <message>
        <source>Disk nearly full</source>
        <translation>Platte fast voll</translation>
    </message>
    <message>
        <source>That much is free on the disk of the stack.</source>
        <translation>So viel ist auf der Platte des Stacks frei.</translation>
    </message>
    <message>
        <source>Disk quota nearly used</source>
        <translation>Plattenkontingent fast aufgebraucht</translation>
    </message>
    <message>
        <source>Of what the stack may take of the disk.</source>
        <translation>Von dem, was der Stack von der Platte nehmen darf.</translation>
    </message>
    <message>
        <source>Recorder does not run</source>
        <translation>Recorder läuft nicht</translation>
    </message>
    <message>
        <source>What happens now cannot be replayed later.</source>
        <translation>Was jetzt geschieht, lässt sich später nicht wiedergeben.</translation>
    </message>
    <message>
        <source>does not run</source>
        <translation>läuft nicht</translation>
    </message>
    <message>
        <source>Nothing can act</source>
        <translation>Keine Aktion möglich</translation>
    </message>
    <message>
        <source>The audit cannot be written, and without it nothing is done.</source>
        <translation>Das Audit lässt sich nicht schreiben, und ohne es wird nichts getan.</translation>
    </message>
    <message>
        <source>audit not writable</source>
        <translation>Audit nicht schreibbar</translation>
    </message>
    <message>
        <source>Lease overdue</source>
        <translation>Frist überfällig</translation>
    </message>
    <message>
        <source>What was set for a while is still in force; control ends leases, and only while it runs.</source>
        <translation>Was für eine Weile gesetzt wurde, gilt noch; Fristen beendet Control, und nur, solange es läuft.</translation>
    </message>
</context>
<context>
    <name>Alerts</name>
    <message>
        <source>The silences in %1 could not be read nor set aside.</source>
        <translation>Die Stummschaltungen in %1 konnten weder gelesen noch beiseitegelegt werden.</translation>
    </message>
    <message>
        <source>The silences of alerts could not be read. They were set aside as %1.</source>
        <translation>Die Stummschaltungen von Alarmen konnten nicht gelesen werden. Sie wurden als %1 beiseitegelegt.</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation>%1 min</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Raised after %1, cleared after %2.</source>
        <translation>Meldet nach %1, endet nach %2.</translation>
    </message>
    <message>
        <source>Raised from %1 at once</source>
        <translation>Meldet ab %1 sofort</translation>
    </message>
    <message>
        <source>Raised from %1 for %2</source>
        <translation>Meldet ab %1 für %2</translation>
    </message>
    <message>
        <source>, critical from %1</source>
        <translation>, kritisch ab %1</translation>
    </message>
    <message>
        <source>; cleared at %1 for %2.</source>
        <translation>; endet bei %1 für %2.</translation>
    </message>
    <message>
        <source>pending, raised after %1</source>
        <translation>bahnt sich an, meldet nach %1</translation>
    </message>
    <message>
        <source>raised</source>
        <translation>gemeldet</translation>
    </message>
    <message>
        <source>acknowledged</source>
        <translation>bestätigt</translation>
    </message>
    <message>
        <source>cleared %1</source>
        <translation>beendet %1</translation>
    </message>
    <message>
        <source>silenced until %1</source>
        <translation>stumm bis %1</translation>
    </message>
    <message>
        <source>comes and goes</source>
        <translation>kommt und geht</translation>
    </message>
    <message>
        <source>unknown since %1</source>
        <translation>unbekannt seit %1</translation>
    </message>
    <message>
        <source>%1, %2, limit %3</source>
        <translation>%1, %2, Grenze %3</translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>und %n weiterer</numerusform>
            <numerusform>und %n weitere</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n alert(s) on %1</source>
        <translation>
            <numerusform>%n Alarm auf %1</numerusform>
            <numerusform>%n Alarme auf %1</numerusform>
        </translation>
    </message>
    <message>
        <source>Raised at %1 or less for %2</source>
        <translation>Ausgelöst bei höchstens %1 über %2</translation>
    </message>
    <message>
        <source>, critical at %1 or less</source>
        <translation>, kritisch bei höchstens %1</translation>
    </message>
</context>
<context>
    <name>Backend</name>
    <message>
        <source>A cancelled query has ended; its client has got the error and may send it again.</source>
        <translation>Eine abgebrochene Abfrage ist beendet; ihr Client hat den Fehler bekommen und kann sie erneut senden.</translation>
    </message>
    <message>
        <source>An ended session and its transaction are gone; its client may connect again.</source>
        <translation>Eine beendete Sitzung und ihre Transaktion sind fort; ihr Client kann sich erneut verbinden.</translation>
    </message>
    <message>
        <source>Apply a migration</source>
        <translation>Migration anwenden</translation>
    </message>
    <message>
        <source>Cancel a query</source>
        <translation>Abfrage abbrechen</translation>
    </message>
    <message>
        <source>End a session</source>
        <translation>Sitzung beenden</translation>
    </message>
    <message>
        <source>Invalidate cached values</source>
        <translation>Gecachte Werte invalidieren</translation>
    </message>
    <message>
        <source>Panic: no users on the canary, stop the migration that runs</source>
        <translation>Panik: keine Nutzer auf dem Canary, laufende Migration anhalten</translation>
    </message>
    <message>
        <source>Pause a pool</source>
        <translation>Pool anhalten</translation>
    </message>
    <message>
        <source>Put an instance back into rotation</source>
        <translation>Instanz zurück in Rotation nehmen</translation>
    </message>
    <message>
        <source>Resize a pool</source>
        <translation>Größe eines Pools ändern</translation>
    </message>
    <message>
        <source>Resume a pool</source>
        <translation>Pool fortsetzen</translation>
    </message>
    <message>
        <source>Set the canary share</source>
        <translation>Canary-Anteil setzen</translation>
    </message>
    <message>
        <source>Set the degradation level</source>
        <translation>Degradationsstufe setzen</translation>
    </message>
    <message>
        <source>Stop the migration that runs</source>
        <translation>Laufende Migration anhalten</translation>
    </message>
    <message>
        <source>Take a migration back</source>
        <translation>Migration zurücknehmen</translation>
    </message>
    <message>
        <source>Take an instance out of rotation</source>
        <translation>Instanz aus der Rotation nehmen</translation>
    </message>
    <message>
        <source>The cache fills again by itself, with the next reads.</source>
        <translation>Der Cache füllt sich mit den nächsten Lesezugriffen von selbst.</translation>
    </message>
    <message>
        <source>What was built so far is dropped. Applied again, it begins anew.</source>
        <translation>Was bisher gebaut wurde, wird verworfen. Erneut angewandt beginnt sie von vorn.</translation>
    </message>
    <message>
        <source>PostgreSQL primary</source>
        <translation>PostgreSQL-Primary</translation>
    </message>
    <message>
        <source>all PostgreSQL servers</source>
        <translation>alle PostgreSQL-Server</translation>
    </message>
    <message>
        <source>all instances</source>
        <translation>alle Instanzen</translation>
    </message>
    <message>
        <source>Supervisor</source>
        <translation>Supervisor</translation>
    </message>
    <message>
        <source>Replica %1</source>
        <translation>Replikat %1</translation>
    </message>
    <message>
        <source>needs two readings</source>
        <translation>braucht zwei Messungen</translation>
    </message>
    <message>
        <source>no requests in 30 s</source>
        <translation>keine Anfragen in 30 s</translation>
    </message>
    <message>
        <source>no requests in 5 s</source>
        <translation>keine Anfragen in 5 s</translation>
    </message>
    <message>
        <source>no lookups in 5 s</source>
        <translation>keine Zugriffe in 5 s</translation>
    </message>
    <message>
        <source>no lookups in the window</source>
        <translation>keine Zugriffe im Fenster</translation>
    </message>
    <message>
        <source>too few (%1)</source>
        <translation>zu wenige (%1)</translation>
    </message>
    <message>
        <source>%1 request queued</source>
        <translation>%1 Anfrage in der Schlange</translation>
    </message>
    <message>
        <source>%1 requests queued</source>
        <translation>%1 Anfragen in der Schlange</translation>
    </message>
    <message>
        <source>%1 waiting for a pool slot</source>
        <translation>%1 warten auf einen Pool-Platz</translation>
    </message>
    <message>
        <source>out of rotation</source>
        <translation>nicht in Rotation</translation>
    </message>
    <message>
        <source>%1 client waits</source>
        <translation>%1 Client wartet</translation>
    </message>
    <message>
        <source>%1 clients wait</source>
        <translation>%1 Clients warten</translation>
    </message>
    <message>
        <source>%1 session waits for a lock</source>
        <translation>%1 Sitzung wartet auf eine Sperre</translation>
    </message>
    <message>
        <source>%1 sessions wait for a lock</source>
        <translation>%1 Sitzungen warten auf eine Sperre</translation>
    </message>
    <message>
        <source>%1 of %2 connections</source>
        <translation>%1 von %2 Verbindungen</translation>
    </message>
    <message>
        <source>replay is paused</source>
        <translation>Replay ist angehalten</translation>
    </message>
    <message>
        <source>replay is behind</source>
        <translation>Replay liegt zurück</translation>
    </message>
    <message>
        <source>does not stream</source>
        <translation>streamt nicht</translation>
    </message>
    <message>
        <source>no standby</source>
        <translation>kein Standby</translation>
    </message>
    <message>
        <source>the primary lists no standby</source>
        <translation>der Primary nennt keinen Standby</translation>
    </message>
    <message>
        <source>Cached reads go to PostgreSQL until it returns.</source>
        <translation>Gecachte Lesezugriffe gehen an PostgreSQL, bis es zurück ist.</translation>
    </message>
    <message>
        <source>Requests that need PostgreSQL fail or wait until it returns.</source>
        <translation>Anfragen, die PostgreSQL brauchen, scheitern oder warten, bis es zurück ist.</translation>
    </message>
    <message>
        <source>Requests may not reach the instances.</source>
        <translation>Anfragen erreichen die Instanzen womöglich nicht.</translation>
    </message>
    <message>
        <source>Writes and uncached reads fail until it returns.</source>
        <translation>Schreiben und Lesen am Cache vorbei scheitern, bis er zurück ist.</translation>
    </message>
    <message>
        <source>The service goes on; nothing restarts what dies until the supervisor answers.</source>
        <translation>Der Dienst läuft weiter; bis der Supervisor antwortet, startet nichts neu, was stirbt.</translation>
    </message>
    <message>
        <source>Commits need the other standby.</source>
        <translation>Commits brauchen den anderen Standby.</translation>
    </message>
    <message>
        <source>HAProxy sends its requests to the other instances.</source>
        <translation>HAProxy schickt seine Anfragen an die anderen Instanzen.</translation>
    </message>
    <message>
        <source>Nothing answers.</source>
        <translation>Nichts antwortet.</translation>
    </message>
    <message>
        <source>All %1 sources are lost, the first of them, %2, %3 ago.</source>
        <translation>Alle %1 Quellen sind ausgefallen, die erste davon, %2, vor %3.</translation>
    </message>
    <message>
        <source>%1 stopped answering %2 ago.</source>
        <translation>%1 antwortet seit %2 nicht mehr.</translation>
    </message>
    <message>
        <source>%1 sources stopped answering.</source>
        <translation>%1 Quellen antworten nicht mehr.</translation>
    </message>
    <message>
        <source>%1, %2 and %3 stopped answering.</source>
        <translation>%1, %2 und %3 antworten nicht mehr.</translation>
    </message>
    <message>
        <source>%1 and %2 stopped answering.</source>
        <translation>%1 und %2 antworten nicht mehr.</translation>
    </message>
    <message>
        <source>The first, %1, %2 ago.</source>
        <translation>Die erste, %1, vor %2.</translation>
    </message>
    <message>
        <source>%1 refuses to be read.</source>
        <translation>%1 verweigert das Lesen.</translation>
    </message>
    <message>
        <source>%1 gives answers that are not understood.</source>
        <translation>%1 gibt unverständliche Antworten.</translation>
    </message>
    <message>
        <source>%1 does not stream.</source>
        <translation>%1 streamt nicht.</translation>
    </message>
    <message>
        <source>It falls behind until it connects again.</source>
        <translation>Der Rückstand wächst bis zur nächsten Verbindung.</translation>
    </message>
    <message>
        <source>%1 is %2 behind.</source>
        <translation>%1 liegt %2 zurück.</translation>
    </message>
    <message>
        <source>%1 to replay; its replay is paused.</source>
        <translation>%1 nachzuspielen; sein Replay ist angehalten.</translation>
    </message>
    <message>
        <source>%1 to replay.</source>
        <translation>%1 nachzuspielen.</translation>
    </message>
    <message>
        <source>Its replay is paused.</source>
        <translation>Sein Replay ist angehalten.</translation>
    </message>
    <message>
        <source>Replay on %1 is paused.</source>
        <translation>Replay auf %1 ist angehalten.</translation>
    </message>
    <message>
        <source>Its lag grows with the next write.</source>
        <translation>Sein Rückstand wächst mit dem nächsten Schreiben.</translation>
    </message>
    <message>
        <source>%1 of requests fail.</source>
        <translation>%1 der Anfragen scheitern.</translation>
    </message>
    <message>
        <source>Answers of class 5xx over the last 5 s.</source>
        <translation>Antworten der Klasse 5xx in den letzten 5 s.</translation>
    </message>
    <message>
        <source>%1 request waits for a pool slot.</source>
        <translation>%1 Anfrage wartet auf einen Pool-Platz.</translation>
    </message>
    <message>
        <source>%1 requests wait for a pool slot.</source>
        <translation>%1 Anfragen warten auf einen Pool-Platz.</translation>
    </message>
    <message>
        <source>%1 of %2 connections are in use.</source>
        <translation>%1 von %2 Verbindungen sind in Gebrauch.</translation>
    </message>
    <message>
        <source>%1 client waits in pgBouncer.</source>
        <translation>%1 Client wartet in pgBouncer.</translation>
    </message>
    <message>
        <source>%1 clients wait in pgBouncer.</source>
        <translation>%1 Clients warten in pgBouncer.</translation>
    </message>
    <message>
        <source>%1 request waits in HAProxy.</source>
        <translation>%1 Anfrage wartet in HAProxy.</translation>
    </message>
    <message>
        <source>%1 requests wait in HAProxy.</source>
        <translation>%1 Anfragen warten in HAProxy.</translation>
    </message>
    <message>
        <source>No server takes them.</source>
        <translation>Kein Server nimmt sie an.</translation>
    </message>
    <message>
        <source>The longest for %1.</source>
        <translation>Der längste seit %1.</translation>
    </message>
    <message>
        <source>p99 is %1 times its baseline.</source>
        <translation>p99 ist das %1-Fache des Basiswerts.</translation>
    </message>
    <message>
        <source>%1 against %2 before; the target is %3.</source>
        <translation>%1 gegen %2 zuvor; das Ziel ist %3.</translation>
    </message>
    <message>
        <source>p99 is %1.</source>
        <translation>p99 ist %1.</translation>
    </message>
    <message>
        <source>The target is %1.</source>
        <translation>Das Ziel ist %1.</translation>
    </message>
    <message>
        <source>%1 answers late.</source>
        <translation>%1 antwortet verspätet.</translation>
    </message>
    <message>
        <source>The last answer is %1 old.</source>
        <translation>Die letzte Antwort ist %1 alt.</translation>
    </message>
    <message>
        <source>%1 requests/s, none fail.</source>
        <translation>%1 Anfragen/s, keine scheitert.</translation>
    </message>
    <message>
        <source>%1 requests/s, %2 fail.</source>
        <translation>%1 Anfragen/s, %2 scheitern.</translation>
    </message>
    <message>
        <source>%1 requests/s.</source>
        <translation>%1 Anfragen/s.</translation>
    </message>
    <message>
        <source>Too few yet for a p99 (%1 of 100 in 30 s).</source>
        <translation>Noch zu wenige für ein p99 (%1 von 100 in 30 s).</translation>
    </message>
    <message>
        <source>No requests.</source>
        <translation>Keine Anfragen.</translation>
    </message>
    <message>
        <source>Everything answers, and nobody asks.</source>
        <translation>Alles antwortet, und niemand fragt.</translation>
    </message>
    <message>
        <source>Waiting for the first readings.</source>
        <translation>Warten auf die ersten Messwerte.</translation>
    </message>
    <message>
        <source>p99 %1, %2 of baseline.</source>
        <translation>p99 %1, das %2-Fache des Basiswerts.</translation>
    </message>
    <message>
        <source>p99 %1.</source>
        <translation>p99 %1.</translation>
    </message>
    <message>
        <source>%1: no answer in time</source>
        <translation>%1: keine Antwort innerhalb der Frist</translation>
    </message>
    <message>
        <source>no answer in time</source>
        <translation>keine Antwort innerhalb der Frist</translation>
    </message>
    <message>
        <source>%1: connection closed</source>
        <translation>%1: Verbindung geschlossen</translation>
    </message>
    <message>
        <source>%1: the connection is closed</source>
        <translation>%1: Die Verbindung ist geschlossen</translation>
    </message>
    <message>
        <source>nothing listens there</source>
        <translation>dort lauscht niemand</translation>
    </message>
    <message>
        <source>%1: it takes no connections</source>
        <translation>%1: nimmt keine Verbindungen an</translation>
    </message>
    <message>
        <source>the connection is gone</source>
        <translation>die Verbindung ist fort</translation>
    </message>
    <message>
        <source>the host is not known</source>
        <translation>der Host ist nicht bekannt</translation>
    </message>
    <message>
        <source>the connection was closed before the answer was complete</source>
        <translation>die Verbindung wurde geschlossen, bevor die Antwort vollständig war</translation>
    </message>
    <message>
        <source>needs pg_monitor: %1</source>
        <translation>braucht pg_monitor: %1</translation>
    </message>
    <message>
        <source>needs pg_stat_statements in shared_preload_libraries, and in database %1</source>
        <translation>braucht pg_stat_statements in shared_preload_libraries, und in Datenbank %1</translation>
    </message>
    <message>
        <source>needs a newer pg_stat_statements: %1</source>
        <translation>braucht ein neueres pg_stat_statements: %1</translation>
    </message>
    <message>
        <source>counts only: the JSON log, which has both statements, comes with PostgreSQL 15</source>
        <translation>nur Zahlen: Das JSON-Log mit beiden Anweisungen gibt es ab PostgreSQL 15</translation>
    </message>
    <message>
        <source>counts only: needs log_destination = &apos;jsonlog&apos; and logging_collector = on</source>
        <translation>nur Zahlen: braucht log_destination = &apos;jsonlog&apos; und logging_collector = on</translation>
    </message>
    <message>
        <source>counts only: needs %1</source>
        <translation>nur Zahlen: braucht %1</translation>
    </message>
    <message>
        <source>counts only: the log in %1 can&apos;t be read</source>
        <translation>nur Zahlen: Das Log in %1 ist nicht lesbar</translation>
    </message>
    <message>
        <source>the standby is not connected</source>
        <translation>der Standby ist nicht verbunden</translation>
    </message>
    <message>
        <source>not listed: with over %1 clients the list would hold up pgBouncer</source>
        <translation>nicht aufgelistet: Bei über %1 Clients würde die Liste pgBouncer aufhalten</translation>
    </message>
    <message>
        <source>not listed: with over %1 clients the list would hold up the server</source>
        <translation>nicht aufgelistet: Bei über %1 Clients würde die Liste den Server aufhalten</translation>
    </message>
    <message>
        <source>denied: name the user in stats_users of pgbouncer.ini (%1</source>
        <translation>verweigert: Den Benutzer in stats_users von pgbouncer.ini nennen (%1</translation>
    </message>
    <message>
        <source>denied: ACL SETUSER %1 would bring it</source>
        <translation>verweigert: ACL SETUSER %1 brächte es</translation>
    </message>
    <message>
        <source>the scrape has no buckets of it</source>
        <translation>die Abfrage hat davon keine Buckets</translation>
    </message>
    <message>
        <source>%1 instance: %2</source>
        <translation>%1 Instanz: %2</translation>
    </message>
    <message>
        <source>%1 instances: %2</source>
        <translation>%1 Instanzen: %2</translation>
    </message>
    <message>
        <source>the load balancer&apos;s split by user</source>
        <translation>die Teilung nach Nutzern im Load-Balancer</translation>
    </message>
    <message>
        <source>Undo: %1</source>
        <translation>Zurücknehmen: %1</translation>
    </message>
    <message>
        <source>the cache: key %1</source>
        <translation>der Cache: Schlüssel %1</translation>
    </message>
    <message>
        <source>the cache: tag %1</source>
        <translation>der Cache: Tag %1</translation>
    </message>
    <message>
        <source>%1 (%2) behind the load balancer</source>
        <translation>%1 (%2) hinter dem Load-Balancer</translation>
    </message>
    <message>
        <source>pool %1 of pgBouncer</source>
        <translation>Pool %1 von pgBouncer</translation>
    </message>
    <message>
        <source>process %1 of %2 on %3</source>
        <translation>Prozess %1 von %2 auf %3</translation>
    </message>
    <message>
        <source>process %1 on %2</source>
        <translation>Prozess %1 auf %2</translation>
    </message>
    <message>
        <source>process %1, which waits behind it</source>
        <translation>Prozess %1, der dahinter wartet</translation>
    </message>
    <message>
        <source>process %1 of %2</source>
        <translation>Prozess %1 von %2</translation>
    </message>
    <message>
        <source>process %1</source>
        <translation>Prozess %1</translation>
    </message>
    <message>
        <source>bundled stack in %1</source>
        <translation>mitgelieferter Stack in %1</translation>
    </message>
    <message>
        <source>cached</source>
        <translation>im Cache</translation>
    </message>
    <message>
        <source>not cached</source>
        <translation>nicht im Cache</translation>
    </message>
    <message>
        <source>in rotation</source>
        <translation>in Rotation</translation>
    </message>
    <message>
        <source>drained</source>
        <translation>herausgenommen</translation>
    </message>
    <message>
        <source>out of rotation (%1)</source>
        <translation>nicht in Rotation (%1)</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>angehalten</translation>
    </message>
    <message>
        <source>active</source>
        <translation>aktiv</translation>
    </message>
    <message>
        <source>running</source>
        <translation>läuft</translation>
    </message>
    <message>
        <source>not running</source>
        <translation>läuft nicht</translation>
    </message>
    <message>
        <source>applied</source>
        <translation>angewandt</translation>
    </message>
    <message>
        <source>pending</source>
        <translation>ausstehend</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>abgebrochen</translation>
    </message>
    <message>
        <source>ended</source>
        <translation>beendet</translation>
    </message>
    <message>
        <source>gone</source>
        <translation>fort</translation>
    </message>
    <message>
        <source>another session</source>
        <translation>eine andere Sitzung</translation>
    </message>
    <message>
        <source>idle in transaction</source>
        <translation>untätig in Transaktion</translation>
    </message>
    <message>
        <source>level %1</source>
        <translation>Stufe %1</translation>
    </message>
    <message>
        <source>SHARE UPDATE EXCLUSIVE on %1: reads and writes go on; VACUUM, ANALYZE and other changes of the table wait.</source>
        <translation>SHARE UPDATE EXCLUSIVE auf %1: Lesen und Schreiben gehen weiter; VACUUM, ANALYZE und andere Änderungen der Tabelle warten.</translation>
    </message>
    <message>
        <source>%1 go off: callers get %2.</source>
        <translation>%1: wird abgeschaltet, Aufrufer bekommen %2.</translation>
    </message>
    <message>
        <source>Dashboard analytics</source>
        <translation>Auswertungen im Dashboard</translation>
    </message>
    <message>
        <source>the dashboard without its analytics</source>
        <translation>das Dashboard ohne seine Auswertungen</translation>
    </message>
    <message>
        <source>Search suggestions</source>
        <translation>Suchvorschläge</translation>
    </message>
    <message>
        <source>an empty list of suggestions</source>
        <translation>eine leere Liste von Vorschlägen</translation>
    </message>
    <message>
        <source>What level 3 turns off beyond level 2 is not known: no instance has told it here.</source>
        <translation>Was Stufe 3 über Stufe 2 hinaus abschaltet, ist nicht bekannt: Keine Instanz hat es hier gemeldet.</translation>
    </message>
    <message>
        <source>Level 3 turns off nothing more than level 2 in this version.</source>
        <translation>Stufe 3 schaltet in dieser Version nicht mehr ab als Stufe 2.</translation>
    </message>
    <message>
        <source>It is %1 already: this renews the lease.</source>
        <translation>Es ist schon %1: Dies erneuert die Frist.</translation>
    </message>
    <message>
        <source>It is %1 already.</source>
        <translation>Es ist schon %1.</translation>
    </message>
    <message>
        <source>%1 does not answer: %2</source>
        <translation>%1 antwortet nicht: %2</translation>
    </message>
    <message>
        <source>%1 holds a newer generation (%2).</source>
        <translation>%1 hält eine neuere Generation (%2).</translation>
    </message>
    <message>
        <source>There is no instance that could take it now.</source>
        <translation>Es gibt keine Instanz, die es jetzt annehmen könnte.</translation>
    </message>
    <message>
        <source>A reason is required, of at most 500 bytes: it stands in the audit.</source>
        <translation>Ein Grund ist Pflicht, höchstens 500 Bytes: Er steht im Audit.</translation>
    </message>
    <message>
        <source>The state is not the one of your preview: it is %1. Nothing was done.</source>
        <translation>Der Zustand ist nicht der Ihrer Vorschau: Er ist %1. Nichts wurde getan.</translation>
    </message>
    <message>
        <source>The preview is too old. Look at a new one. Nothing was done.</source>
        <translation>Die Vorschau ist zu alt. Eine neue ansehen. Nichts wurde getan.</translation>
    </message>
    <message>
        <source>The word &quot;%1&quot; must be typed to confirm. Nothing was done.</source>
        <translation>Zum Bestätigen muss das Wort „%1“ getippt werden. Nichts wurde getan.</translation>
    </message>
    <message>
        <source>%1, set by %2 at %3 (#%4: %5)</source>
        <translation>%1, gesetzt von %2 um %3 (#%4: %5)</translation>
    </message>
    <message>
        <source>%1, set by %2 at %3</source>
        <translation>%1, gesetzt von %2 um %3</translation>
    </message>
    <message>
        <source>%1: still holds the old value.</source>
        <translation>%1: hält noch den alten Wert.</translation>
    </message>
    <message>
        <source>still holds the old value</source>
        <translation>hält noch den alten Wert</translation>
    </message>
    <message>
        <source>A newer change has come since.</source>
        <translation>Seither kam eine neuere Änderung.</translation>
    </message>
    <message>
        <source>It is the desired state and will be set as soon as they answer.</source>
        <translation>Es ist der gewünschte Zustand und wird gesetzt, sobald sie antworten.</translation>
    </message>
    <message>
        <source>Action #%1 is none that can be undone.</source>
        <translation>Aktion #%1 lässt sich nicht zurücknehmen.</translation>
    </message>
    <message>
        <source>Action #%1 has not ended yet.</source>
        <translation>Aktion #%1 ist noch nicht beendet.</translation>
    </message>
    <message>
        <source>Action #%1 changed nothing.</source>
        <translation>Aktion #%1 hat nichts geändert.</translation>
    </message>
    <message>
        <source>The state has moved since action #%1: it is now that of #%2.</source>
        <translation>Der Zustand hat sich seit Aktion #%1 geändert: Er ist jetzt der von #%2.</translation>
    </message>
    <message>
        <source>The state has moved since action #%1: it is %2. Nothing was done.</source>
        <translation>Der Zustand hat sich seit Aktion #%1 geändert: Er ist %2. Nichts wurde getan.</translation>
    </message>
    <message>
        <source>There is no action #%1.</source>
        <translation>Es gibt keine Aktion #%1.</translation>
    </message>
    <message>
        <source>It would be refused now: %1</source>
        <translation>Es würde jetzt abgelehnt: %1</translation>
    </message>
    <message>
        <source>Nothing was done.</source>
        <translation>Nichts wurde getan.</translation>
    </message>
    <message>
        <source>This stack has no control plane to act through.</source>
        <translation>Dieser Stack hat keine Steuerebene, über die sich handeln ließe.</translation>
    </message>
    <message>
        <source>Control does not answer, so nothing was done: %1.</source>
        <translation>Control antwortet nicht, also wurde nichts getan: %1.</translation>
    </message>
    <message>
        <source>A migration that runs is not stopped: only control could do that.</source>
        <translation>Eine laufende Migration wird nicht angehalten: Das könnte nur Control.</translation>
    </message>
    <message>
        <source>Only control carries out %1, and it does not answer. Nothing was done.</source>
        <translation>Nur Control führt %1 aus, und es antwortet nicht. Nichts wurde getan.</translation>
    </message>
    <message>
        <source>Nobody answers who could tell the present %1, so nothing was done.</source>
        <translation>Niemand antwortet, der %1 jetzt nennen könnte, also wurde nichts getan.</translation>
    </message>
    <message>
        <source>Control is bypassed: it takes this over when it is back. Until then no lease ends.</source>
        <translation>Control wird umgangen: Es übernimmt dies, wenn es zurück ist. Bis dahin endet keine Frist.</translation>
    </message>
    <message>
        <source>It was begun before and its end is not known. Look at the state.</source>
        <translation>Es wurde zuvor begonnen, und sein Ende ist nicht bekannt. Den Zustand ansehen.</translation>
    </message>
    <message>
        <source>Control stopped answering while this was under way. Its true outcome will stand in the audit under this request id when control is back.</source>
        <translation>Control antwortete nicht mehr, während dies lief. Der wahre Ausgang steht unter dieser Anfragekennung im Audit, wenn Control zurück ist.</translation>
    </message>
    <message>
        <source>The audit can&apos;t be written, so nothing was done: %1</source>
        <translation>Das Audit lässt sich nicht schreiben, also wurde nichts getan: %1</translation>
    </message>
    <message>
        <source>The audit can&apos;t be written: %1</source>
        <translation>Das Audit lässt sich nicht schreiben: %1</translation>
    </message>
    <message>
        <source>The migration %1 runs and is stopped, too.</source>
        <translation>Die Migration %1 läuft und wird ebenfalls angehalten.</translation>
    </message>
    <message>
        <source>%1 may not preview actions.</source>
        <translation>%1 darf Aktionen nicht in der Vorschau ansehen.</translation>
    </message>
    <message>
        <source>%1 is %2; this needs %3. Nothing was done.</source>
        <translation>%1 ist %2; dies verlangt %3. Nichts wurde getan.</translation>
    </message>
    <message>
        <source>It runs. Asked again under the same request id, control tells its end.</source>
        <translation>Es läuft. Unter derselben Anfragekennung erneut gefragt, nennt Control sein Ende.</translation>
    </message>
    <message>
        <source>It was begun and its end is not known yet.</source>
        <translation>Es wurde begonnen, und sein Ende ist noch nicht bekannt.</translation>
    </message>
    <message>
        <source>The same request is being carried out. Ask again for its outcome.</source>
        <translation>Dieselbe Anfrage wird gerade ausgeführt. Später nach ihrem Ausgang fragen.</translation>
    </message>
    <message>
        <source>The same request is being carried out</source>
        <translation>Dieselbe Anfrage wird gerade ausgeführt</translation>
    </message>
    <message>
        <source>Somebody else was faster: it is %1. Nothing was done.</source>
        <translation>Jemand anderes war schneller: Es ist %1. Nichts wurde getan.</translation>
    </message>
    <message>
        <source>The share is being changed all the time.</source>
        <translation>Der Anteil wird fortwährend geändert.</translation>
    </message>
    <message>
        <source>There is no instance that could be asked</source>
        <translation>Es gibt keine Instanz, die sich fragen ließe</translation>
    </message>
    <message>
        <source>Named are %1 of %2</source>
        <translation>Genannt sind %1 von %2</translation>
    </message>
    <message>
        <source>The cache holds more than is looked at in one go: there may be more such keys, and some stay.</source>
        <translation>Der Cache enthält mehr, als auf einmal durchgesehen wird: Es kann mehr solche Schlüssel geben, und einige bleiben.</translation>
    </message>
    <message>
        <source>Nothing of it is cached now.</source>
        <translation>Nichts davon ist jetzt im Cache.</translation>
    </message>
    <message>
        <source>The next reads of %1 key go to the database.</source>
        <translation>Das nächste Lesen von %1 Schlüssel geht an die Datenbank.</translation>
    </message>
    <message>
        <source>The next reads of %1 keys go to the database.</source>
        <translation>Das nächste Lesen von %1 Schlüsseln geht an die Datenbank.</translation>
    </message>
    <message>
        <source>%1 key removed by %2.</source>
        <translation>%1 Schlüssel entfernt durch %2.</translation>
    </message>
    <message>
        <source>%1 keys removed by %2.</source>
        <translation>%1 Schlüssel entfernt durch %2.</translation>
    </message>
    <message>
        <source>%1 key was filled anew by a read in the same moment.</source>
        <translation>%1 Schlüssel wurde im selben Moment durch ein Lesen neu gefüllt.</translation>
    </message>
    <message>
        <source>%1 keys were filled anew by a read in the same moment.</source>
        <translation>%1 Schlüssel wurden im selben Moment durch ein Lesen neu gefüllt.</translation>
    </message>
    <message>
        <source>There may be more such keys: the cache holds more than is looked at in one go.</source>
        <translation>Es kann mehr solche Schlüssel geben: Der Cache enthält mehr, als auf einmal durchgesehen wird.</translation>
    </message>
    <message>
        <source>No other instance of %1 is in rotation: nobody would answer in its place.</source>
        <translation>Keine andere Instanz von %1 ist in Rotation: Niemand würde an ihrer Stelle antworten.</translation>
    </message>
    <message>
        <source>To take all users off the canary, set its share to 0.</source>
        <translation>Um alle Nutzer vom Canary zu nehmen, seinen Anteil auf 0 setzen.</translation>
    </message>
    <message>
        <source>1 other instance of %1 takes over what it does now.</source>
        <translation>1 andere Instanz von %1 übernimmt, was sie jetzt tut.</translation>
    </message>
    <message>
        <source>%1 other instances of %2 take over what it does now.</source>
        <translation>%1 andere Instanzen von %2 übernehmen, was sie jetzt tut.</translation>
    </message>
    <message>
        <source>%1 request on it now: it ends them, and gets no new one.</source>
        <translation>%1 Anfrage läuft jetzt darauf: Sie wird beendet, neue kommen nicht.</translation>
    </message>
    <message>
        <source>%1 requests on it now: it ends them, and gets no new one.</source>
        <translation>%1 Anfragen laufen jetzt darauf: Sie werden beendet, neue kommen nicht.</translation>
    </message>
    <message>
        <source>It was drained by %1 (#%2).</source>
        <translation>Herausgenommen wurde sie von %1 (#%2).</translation>
    </message>
    <message>
        <source>It has ended what it had, and no new request reaches it.</source>
        <translation>Sie hat beendet, was sie hatte, und keine neue Anfrage erreicht sie.</translation>
    </message>
    <message>
        <source>HAProxy shows it as %1.</source>
        <translation>HAProxy zeigt sie als %1.</translation>
    </message>
    <message>
        <source>It gets no new request; %1 request still run on it.</source>
        <translation>Sie bekommt keine neue Anfrage; %1 Anfrage läuft noch darauf.</translation>
    </message>
    <message>
        <source>It gets no new request; %1 requests still run on it.</source>
        <translation>Sie bekommt keine neue Anfrage; %1 Anfragen laufen noch darauf.</translation>
    </message>
    <message>
        <source>HAProxy would send it requests, but does not find it well: %1.</source>
        <translation>HAProxy würde ihr Anfragen schicken, hält sie aber nicht für gesund: %1.</translation>
    </message>
    <message>
        <source>%1. It is the desired state and is set as soon as HAProxy answers.</source>
        <translation>%1. Es ist der gewünschte Zustand und wird gesetzt, sobald HAProxy antwortet.</translation>
    </message>
    <message>
        <source>Every query through it waits until it is resumed, by itself after %1 s. Callers give up by limits of their own, and an instance that gets no answer for a second leaves the rotation.</source>
        <translation>Jede Abfrage durch ihn wartet, bis er fortgesetzt wird, von selbst nach %1 s. Aufrufer geben nach eigenen Grenzen auf, und eine Instanz, die eine Sekunde lang keine Antwort bekommt, verlässt die Rotation.</translation>
    </message>
    <message>
        <source>%1 transaction under way must end first.</source>
        <translation>%1 laufende Transaktion muss zuerst enden.</translation>
    </message>
    <message>
        <source>%1 transactions under way must end first.</source>
        <translation>%1 laufende Transaktionen müssen zuerst enden.</translation>
    </message>
    <message>
        <source>%1 client waits for it.</source>
        <translation>%1 Client wartet darauf.</translation>
    </message>
    <message>
        <source>%1 clients wait for it.</source>
        <translation>%1 Clients warten darauf.</translation>
    </message>
    <message>
        <source>The size is pgBouncer&apos;s default_pool_size: that of %1 changes with it.</source>
        <translation>Die Größe ist pgBouncers default_pool_size: Die von %1 ändert sich mit.</translation>
    </message>
    <message>
        <source>The size counts for each of its %1 users.</source>
        <translation>Die Größe gilt für jeden seiner %1 Benutzer.</translation>
    </message>
    <message>
        <source>%1 connection is in use: what is too many is closed as transactions end.</source>
        <translation>%1 Verbindung ist in Gebrauch: Überzählige werden am Ende ihrer Transaktion geschlossen.</translation>
    </message>
    <message>
        <source>%1 connections are in use: what is too many is closed as transactions end.</source>
        <translation>%1 Verbindungen sind in Gebrauch: Überzählige werden am Ende ihrer Transaktion geschlossen.</translation>
    </message>
    <message>
        <source>%1 connections are more than the rule for %2</source>
        <translation>%1 Verbindungen sind mehr als die Regel für %2</translation>
    </message>
    <message>
        <source>It has that size already.</source>
        <translation>Er hat diese Größe schon.</translation>
    </message>
    <message>
        <source>What PostgreSQL can take is not known here.</source>
        <translation>Was PostgreSQL verträgt, ist hier nicht bekannt.</translation>
    </message>
    <message>
        <source>PostgreSQL takes %1 connections and %2 are others&apos;: %3 for the pools are too many.</source>
        <translation>PostgreSQL nimmt %1 Verbindungen, und %2 gehören anderen: %3 für die Pools sind zu viele.</translation>
    </message>
    <message>
        <source>%1 has a size of its own in pgbouncer.ini, which pgBouncer changes only when it reads that file: set pool_size there and let it reload.</source>
        <translation>%1 hat eine eigene Größe in pgbouncer.ini, die pgBouncer nur beim Lesen dieser Datei ändert: dort pool_size setzen und neu laden lassen.</translation>
    </message>
    <message>
        <source>%1. It is the desired state and is set when pgBouncer answers.</source>
        <translation>%1. Es ist der gewünschte Zustand und wird gesetzt, sobald pgBouncer antwortet.</translation>
    </message>
    <message>
        <source>%1 transaction has not ended; no new one begins. Resume it, or end what holds it up.</source>
        <translation>%1 Transaktion ist nicht beendet; keine neue beginnt. Fortsetzen, oder beenden, was sie aufhält.</translation>
    </message>
    <message>
        <source>%1 transactions have not ended; no new one begins. Resume it, or end what holds it up.</source>
        <translation>%1 Transaktionen sind nicht beendet; keine neue beginnt. Fortsetzen, oder beenden, was sie aufhält.</translation>
    </message>
    <message>
        <source>pgBouncer shows it as %1.</source>
        <translation>pgBouncer zeigt ihn als %1.</translation>
    </message>
    <message>
        <source>%1 connection is open still: those too many are closed as transactions end.</source>
        <translation>%1 Verbindung ist noch offen: Überzählige werden am Ende ihrer Transaktion geschlossen.</translation>
    </message>
    <message>
        <source>%1 connections are open still: those too many are closed as transactions end.</source>
        <translation>%1 Verbindungen sind noch offen: Überzählige werden am Ende ihrer Transaktion geschlossen.</translation>
    </message>
    <message>
        <source>There is no session with process %1 on %2: it has ended.</source>
        <translation>Es gibt keine Sitzung mit Prozess %1 auf %2: Sie ist beendet.</translation>
    </message>
    <message>
        <source>It is a session of Binnacle itself.</source>
        <translation>Es ist eine Sitzung von Binnacle selbst.</translation>
    </message>
    <message>
        <source>It runs no query now (%1), so cancelling changes nothing. terminate_session ends it.</source>
        <translation>Sie führt jetzt keine Abfrage aus (%1), also ändert Abbrechen nichts. terminate_session beendet sie.</translation>
    </message>
    <message>
        <source>Nobody waits behind it: nobody else is helped by this.</source>
        <translation>Niemand wartet dahinter: Niemandem sonst ist damit geholfen.</translation>
    </message>
    <message>
        <source>1 session waits behind it.</source>
        <translation>1 Sitzung wartet dahinter.</translation>
    </message>
    <message>
        <source>%1 sessions wait behind it.</source>
        <translation>%1 Sitzungen warten dahinter.</translation>
    </message>
    <message>
        <source>What its transaction has done so far is rolled back.</source>
        <translation>Was ihre Transaktion bisher getan hat, wird zurückgerollt.</translation>
    </message>
    <message>
        <source>A migration runs in it: stop_migration ends that cleanly.</source>
        <translation>Eine Migration läuft darin: stop_migration beendet sie sauber.</translation>
    </message>
    <message>
        <source>Nobody waited behind it.</source>
        <translation>Niemand wartete dahinter.</translation>
    </message>
    <message>
        <source>The session that waited behind it goes on.</source>
        <translation>Die Sitzung, die dahinter wartete, läuft weiter.</translation>
    </message>
    <message>
        <source>All %1 sessions that waited behind it go on.</source>
        <translation>Alle %1 Sitzungen, die dahinter warteten, laufen weiter.</translation>
    </message>
    <message>
        <source>%1 of %2 sessions that waited behind it go on; the others still wait for a lock, behind somebody else.</source>
        <translation>%1 von %2 Sitzungen, die dahinter warteten, laufen weiter; die anderen warten noch auf eine Sperre, hinter jemand anderem.</translation>
    </message>
    <message>
        <source>It had moved on in this moment: another query, another transaction or another session. Nothing was done.</source>
        <translation>Sie war in diesem Moment schon weiter: eine andere Abfrage, Transaktion oder Sitzung. Nichts wurde getan.</translation>
    </message>
    <message>
        <source>The signal was sent, and it is still there: it heeds it where its work allows.</source>
        <translation>Das Signal wurde gesendet, und sie ist noch da: Sie beachtet es, wo ihre Arbeit es zulässt.</translation>
    </message>
    <message>
        <source>The ledger says applied, but somebody has dropped the index since. Roll it back and apply it.</source>
        <translation>Das Verzeichnis sagt angewandt, aber jemand hat den Index seither gelöscht. Zurücknehmen und neu anwenden.</translation>
    </message>
    <message>
        <source>The ledger says applied, but the index is invalid. Roll it back and apply it.</source>
        <translation>Das Verzeichnis sagt angewandt, aber der Index ist ungültig. Zurücknehmen und neu anwenden.</translation>
    </message>
    <message>
        <source>An invalid index of this name is there. It is dropped first when this is applied.</source>
        <translation>Es gibt einen ungültigen Index dieses Namens. Er wird beim Anwenden zuerst gelöscht.</translation>
    </message>
    <message>
        <source>An index of this name is there already. Applying this only writes it into the ledger.</source>
        <translation>Es gibt schon einen Index dieses Namens. Anwenden trägt ihn nur in das Verzeichnis ein.</translation>
    </message>
    <message>
        <source>No migration runs.</source>
        <translation>Keine Migration läuft.</translation>
    </message>
    <message>
        <source>It is %1 that runs.</source>
        <translation>Es läuft %1.</translation>
    </message>
    <message>
        <source>The migration %1 runs, begun by %2 (#%3). There is one at a time.</source>
        <translation>Die Migration %1 läuft, begonnen von %2 (#%3). Es gibt eine zur Zeit.</translation>
    </message>
    <message>
        <source>What it was to stop had ended before.</source>
        <translation>Was sie anhalten sollte, war schon beendet.</translation>
    </message>
    <message>
        <source>Stopped on request of %1 (#%2). Nothing half-built is left.</source>
        <translation>Angehalten auf Wunsch von %1 (#%2). Nichts Halbfertiges bleibt zurück.</translation>
    </message>
    <message>
        <source>Stopped on request. Nothing half-built is left.</source>
        <translation>Auf Wunsch angehalten. Nichts Halbfertiges bleibt zurück.</translation>
    </message>
    <message>
        <source>Stopped on request.</source>
        <translation>Auf Wunsch angehalten.</translation>
    </message>
    <message>
        <source>It had ended before it could be stopped.</source>
        <translation>Sie war beendet, bevor sie angehalten werden konnte.</translation>
    </message>
    <message>
        <source>It failed: %1</source>
        <translation>Fehlgeschlagen: %1</translation>
    </message>
    <message>
        <source>The migration %1 is being stopped (#%2).</source>
        <translation>Die Migration %1 wird angehalten (#%2).</translation>
    </message>
    <message>
        <source>Asked PostgreSQL to end the statement.</source>
        <translation>PostgreSQL wurde gebeten, die Anweisung zu beenden.</translation>
    </message>
    <message>
        <source>Waits for %1 other transaction.</source>
        <translation>Wartet auf %1 andere Transaktion.</translation>
    </message>
    <message>
        <source>Waits for %1 other transactions.</source>
        <translation>Wartet auf %1 andere Transaktionen.</translation>
    </message>
    <message>
        <source>How far it is can&apos;t be seen: %1.</source>
        <translation>Wie weit sie ist, lässt sich nicht sehen: %1.</translation>
    </message>
    <message>
        <source>Drops the index that an earlier attempt left invalid.</source>
        <translation>Löscht den Index, den ein früherer Versuch ungültig hinterließ.</translation>
    </message>
    <message>
        <source>Builds the index concurrently.</source>
        <translation>Baut den Index im laufenden Betrieb.</translation>
    </message>
    <message>
        <source>Drops the index concurrently.</source>
        <translation>Löscht den Index im laufenden Betrieb.</translation>
    </message>
    <message>
        <source>The index is not valid.</source>
        <translation>Der Index ist nicht gültig.</translation>
    </message>
    <message>
        <source>The index is still there.</source>
        <translation>Der Index ist noch da.</translation>
    </message>
    <message>
        <source>Given up after %1 attempts. The last one: %2.</source>
        <translation>Nach %1 Versuchen aufgegeben. Der letzte: %2.</translation>
    </message>
    <message>
        <source>Attempt %1 of %2 ended: %3. The next one begins in %4 s.</source>
        <translation>Versuch %1 von %2 endete: %3. Der nächste beginnt in %4 s.</translation>
    </message>
    <message>
        <source>Another session runs a migration in this database, or has not ended yet.</source>
        <translation>Eine andere Sitzung führt in dieser Datenbank eine Migration aus oder ist noch nicht beendet.</translation>
    </message>
    <message>
        <source>waiting for writers before build</source>
        <translation>Warten auf Schreiber vor dem Aufbau</translation>
    </message>
    <message>
        <source>building index: scanning table</source>
        <translation>Indexaufbau: Tabelle wird gelesen</translation>
    </message>
    <message>
        <source>building index: sorting live tuples</source>
        <translation>Indexaufbau: Zeilen werden sortiert</translation>
    </message>
    <message>
        <source>building index: loading tuples in tree</source>
        <translation>Indexaufbau: Zeilen werden in den Baum geladen</translation>
    </message>
    <message>
        <source>waiting for writers before validation</source>
        <translation>Warten auf Schreiber vor der Prüfung</translation>
    </message>
    <message>
        <source>index validation: scanning index</source>
        <translation>Indexprüfung: Index wird gelesen</translation>
    </message>
    <message>
        <source>index validation: sorting tuples</source>
        <translation>Indexprüfung: Zeilen werden sortiert</translation>
    </message>
    <message>
        <source>index validation: scanning table</source>
        <translation>Indexprüfung: Tabelle wird gelesen</translation>
    </message>
    <message>
        <source>waiting for old snapshots</source>
        <translation>Warten auf alte Snapshots</translation>
    </message>
    <message>
        <source>blocks</source>
        <translation>Blöcke</translation>
    </message>
    <message>
        <source>tuples</source>
        <translation>Zeilen</translation>
    </message>
    <message>
        <source>transactions</source>
        <translation>Transaktionen</translation>
    </message>
    <message>
        <source>%1 is applied already.</source>
        <translation>%1 ist schon angewandt.</translation>
    </message>
    <message>
        <source>%1 comes before it and is not applied yet. Apply that first.</source>
        <translation>%1 kommt davor und ist noch nicht angewandt. Zuerst diese anwenden.</translation>
    </message>
    <message>
        <source>%1 is not applied.</source>
        <translation>%1 ist nicht angewandt.</translation>
    </message>
    <message>
        <source>%1 was applied after it. Roll that back first.</source>
        <translation>%1 wurde danach angewandt. Zuerst diese zurücknehmen.</translation>
    </message>
    <message>
        <source>%1 is applied, and its files are gone. Put them back.</source>
        <translation>%1 ist angewandt, und ihre Dateien sind fort. Die Dateien zurücklegen.</translation>
    </message>
    <message>
        <source>There is no table %1.</source>
        <translation>Es gibt keine Tabelle %1.</translation>
    </message>
    <message>
        <source>The disk has %1 MB free; twice the table and its indexes are %2 MB.</source>
        <translation>Auf der Platte sind %1 MB frei; das Doppelte der Tabelle mit Indexen sind %2 MB.</translation>
    </message>
    <message>
        <source>A transaction has been open on the table for %1 s: %2. The build would wait for its end.</source>
        <translation>Seit %1 s ist auf der Tabelle eine Transaktion offen: %2. Der Aufbau würde auf ihr Ende warten.</translation>
    </message>
    <message>
        <source>%1 is %2 ms behind; at most 1000 ms are allowed.</source>
        <translation>%1 liegt %2 ms zurück; höchstens 1000 ms sind erlaubt.</translation>
    </message>
    <message>
        <source>Whether the disk has room is unknown: the server is not on this host.</source>
        <translation>Ob die Platte Platz hat, ist nicht bekannt: Der Server ist nicht auf diesem Host.</translation>
    </message>
    <message>
        <source>This control has no database to migrate.</source>
        <translation>Dieses Control hat keine Datenbank zu migrieren.</translation>
    </message>
    <message>
        <source>This control can&apos;t do that: its configuration names nothing for it to act on.</source>
        <translation>Dieses Control kann das nicht: Seine Konfiguration nennt nichts, worauf es wirken könnte.</translation>
    </message>
    <message>
        <source>The lease has ended, but the level stays: %1.</source>
        <translation>Die Frist ist abgelaufen, aber die Stufe bleibt: %1.</translation>
    </message>
    <message>
        <source>The lease has ended</source>
        <translation>Die Frist ist abgelaufen</translation>
    </message>
    <message>
        <source>%1 has requests waiting for a database connection</source>
        <translation>bei %1 warten Anfragen auf eine Datenbankverbindung</translation>
    </message>
    <message>
        <source>%1 can&apos;t reach %2</source>
        <translation>%1 erreicht %2 nicht</translation>
    </message>
    <message>
        <source>%1 does not tell its users: %2</source>
        <translation>%1 nennt seine Nutzer nicht: %2</translation>
    </message>
    <message>
        <source>Users are told for whole spans of ten seconds: the first since the share was changed has not begun.</source>
        <translation>Nutzer werden für ganze Spannen von zehn Sekunden gemeldet: Die erste seit der Änderung des Anteils hat noch nicht begonnen.</translation>
    </message>
    <message>
        <source>Found in effect</source>
        <translation>In Kraft vorgefunden</translation>
    </message>
    <message>
        <source>No instance has told its counters and features yet.</source>
        <translation>Noch keine Instanz hat ihre Zähler und Funktionen gemeldet.</translation>
    </message>
    <message>
        <source>%1 of %2 instance</source>
        <translation>%1 von %2 Instanz</translation>
    </message>
    <message>
        <source>%1 of %2 instances</source>
        <translation>%1 von %2 Instanzen</translation>
    </message>
    <message>
        <source>Requests answered by a fallback</source>
        <translation>Anfragen mit Ersatzantwort</translation>
    </message>
    <message>
        <source>Database time</source>
        <translation>Datenbankzeit</translation>
    </message>
    <message>
        <source>Users who get a fallback</source>
        <translation>Nutzer mit Ersatzantwort</translation>
    </message>
    <message>
        <source>Critical requests dropped</source>
        <translation>Abgewiesene kritische Anfragen</translation>
    </message>
    <message>
        <source>users</source>
        <translation>Nutzer</translation>
    </message>
    <message>
        <source>No measurable change.</source>
        <translation>Keine messbare Änderung.</translation>
    </message>
    <message>
        <source>Too few requests to tell a change of latency.</source>
        <translation>Zu wenige Anfragen, um eine Änderung der Latenz zu erkennen.</translation>
    </message>
    <message>
        <source>Control was restarted before the comparison was due, and its readings from before the act went with it.</source>
        <translation>Control wurde vor dem Vergleich neu gestartet, und damit gingen seine Messwerte von vor der Aktion verloren.</translation>
    </message>
    <message>
        <source>Readings from after the act are still being taken.</source>
        <translation>Die Messwerte nach der Aktion werden noch aufgenommen.</translation>
    </message>
    <message>
        <source>It took longer than control remembers the time before it.</source>
        <translation>Es dauerte länger, als Control sich an die Zeit davor erinnert.</translation>
    </message>
    <message>
        <source>It failed, so there is nothing to compare.</source>
        <translation>Fehlgeschlagen, es gibt also nichts zu vergleichen.</translation>
    </message>
    <message>
        <source>It was not seen in effect everywhere, so there is no moment to compare around.</source>
        <translation>Es wurde nicht überall wirksam gesehen, es gibt also keinen Zeitpunkt für den Vergleich.</translation>
    </message>
    <message>
        <source>It was done past control, so there is no moment to compare around.</source>
        <translation>Es geschah an Control vorbei, es gibt also keinen Zeitpunkt für den Vergleich.</translation>
    </message>
    <message>
        <source>No comparison was begun: control stopped while it ran, or did not measure then.</source>
        <translation>Kein Vergleich wurde begonnen: Control hielt währenddessen an oder maß damals nicht.</translation>
    </message>
    <message>
        <source>Other acts in the same time: %1.</source>
        <translation>Andere Aktionen in derselben Zeit: %1.</translation>
    </message>
    <message>
        <source>Left out: %1.</source>
        <translation>Ausgelassen: %1.</translation>
    </message>
    <message>
        <source>%1 of the canary is %2, of stable %3</source>
        <translation>%1 des Canary ist %2, von Stable %3</translation>
    </message>
    <message>
        <source>%1 of %2 fell from %3 to %4</source>
        <translation>%1 von %2 fiel von %3 auf %4</translation>
    </message>
    <message>
        <source>%1 of %2 rose from %3 to %4</source>
        <translation>%1 von %2 stieg von %3 auf %4</translation>
    </message>
    <message>
        <source>%1 fell from %2 to %3</source>
        <translation>%1 fiel von %2 auf %3</translation>
    </message>
    <message>
        <source>%1 rose from %2 to %3</source>
        <translation>%1 stieg von %2 auf %3</translation>
    </message>
    <message>
        <source>the error share</source>
        <translation>der Fehleranteil</translation>
    </message>
    <message>
        <source>The error share</source>
        <translation>Der Fehleranteil</translation>
    </message>
    <message>
        <source>database time</source>
        <translation>die Datenbankzeit</translation>
    </message>
    <message>
        <source>traffic</source>
        <translation>der Verkehr</translation>
    </message>
    <message>
        <source>Traffic</source>
        <translation>Der Verkehr</translation>
    </message>
    <message>
        <source>answers by a fallback</source>
        <translation>die Zahl der Ersatzantworten</translation>
    </message>
    <message>
        <source>Answers by a fallback</source>
        <translation>Die Zahl der Ersatzantworten</translation>
    </message>
    <message>
        <source>all routes</source>
        <translation>alle Routen</translation>
    </message>
    <message>
        <source>the canary against stable</source>
        <translation>der Canary gegen Stable</translation>
    </message>
    <message>
        <source>Requests are %1 times the usual.</source>
        <translation>Es kommen %1-mal so viele Anfragen wie sonst.</translation>
    </message>
    <message>
        <source>What fills up further on follows from it.</source>
        <translation>Was sich weiter hinten füllt, folgt daraus.</translation>
    </message>
    <message>
        <source>%1 fails %2 of its requests.</source>
        <translation>%1 scheitert an %2 der Anfragen.</translation>
    </message>
    <message>
        <source>The other instances do not.</source>
        <translation>Die anderen Instanzen nicht.</translation>
    </message>
    <message>
        <source>%1 is %2 times as slow as the other instances.</source>
        <translation>%1 ist %2-mal so langsam wie die anderen Instanzen.</translation>
    </message>
    <message>
        <source>%1 is out of rotation.</source>
        <translation>%1 ist nicht in Rotation.</translation>
    </message>
    <message>
        <source>It answers, and HAProxy sends it nothing.</source>
        <translation>Sie antwortet, und HAProxy schickt ihr nichts.</translation>
    </message>
    <message>
        <source>%1 does not answer.</source>
        <translation>%1 antwortet nicht.</translation>
    </message>
    <message>
        <source>HAProxy has taken it out of rotation.</source>
        <translation>HAProxy hat sie aus der Rotation genommen.</translation>
    </message>
    <message>
        <source>All of its servers are taken; the longest waits for %1.</source>
        <translation>Alle seine Server sind belegt; am längsten wird %1 gewartet.</translation>
    </message>
    <message>
        <source>All of its servers are taken.</source>
        <translation>Alle seine Server sind belegt.</translation>
    </message>
    <message>
        <source>Redis gets far more commands than the requests explain.</source>
        <translation>Redis bekommt weit mehr Befehle, als die Anfragen erklären.</translation>
    </message>
    <message>
        <source>%1 commands: one key, or one client, is hot.</source>
        <translation>%1 Befehle: Ein Schlüssel oder ein Client ist heiß.</translation>
    </message>
    <message>
        <source>A transaction on the primary is open for %1.</source>
        <translation>Auf dem Primary ist eine Transaktion seit %1 offen.</translation>
    </message>
    <message>
        <source>A slow statement, or one whose client does not go on.</source>
        <translation>Eine langsame Anweisung, oder ihr Client macht nicht weiter.</translation>
    </message>
    <message>
        <source>On the primary.</source>
        <translation>Auf dem Primary.</translation>
    </message>
    <message>
        <source>%1 deadlock in the last 5 s.</source>
        <translation>%1 Deadlock in den letzten 5 s.</translation>
    </message>
    <message>
        <source>%1 deadlocks in the last 5 s.</source>
        <translation>%1 Deadlocks in den letzten 5 s.</translation>
    </message>
    <message>
        <source>On the primary: sessions lock the same rows in different order.</source>
        <translation>Auf dem Primary: Sitzungen sperren dieselben Zeilen in verschiedener Reihenfolge.</translation>
    </message>
    <message>
        <source>The primary runs out of connections.</source>
        <translation>Dem Primary gehen die Verbindungen aus.</translation>
    </message>
    <message>
        <source>The disk of the servers is full.</source>
        <translation>Die Platte der Server ist voll.</translation>
    </message>
    <message>
        <source>The disk of the servers is nearly full.</source>
        <translation>Die Platte der Server ist fast voll.</translation>
    </message>
    <message>
        <source>%1 are free: PostgreSQL cannot write.</source>
        <translation>%1 sind frei: PostgreSQL kann nicht schreiben.</translation>
    </message>
    <message>
        <source>answers late</source>
        <translation>antwortet verspätet</translation>
    </message>
    <message>
        <source>does not answer</source>
        <translation>antwortet nicht</translation>
    </message>
    <message>
        <source>%1 times its usual requests</source>
        <translation>%1-mal so viele Anfragen wie sonst</translation>
    </message>
    <message>
        <source>%1 errors</source>
        <translation>%1 Fehler</translation>
    </message>
    <message>
        <source>%1 times as slow</source>
        <translation>%1-mal so langsam</translation>
    </message>
    <message>
        <source>%1 commands, %2 times the usual</source>
        <translation>%1 Befehle, %2-mal so viele wie sonst</translation>
    </message>
    <message>
        <source>%1 commands</source>
        <translation>%1 Befehle</translation>
    </message>
    <message>
        <source>a transaction is open for %1</source>
        <translation>eine Transaktion ist seit %1 offen</translation>
    </message>
    <message>
        <source>%1 deadlock in 5 s</source>
        <translation>%1 Deadlock in 5 s</translation>
    </message>
    <message>
        <source>%1 deadlocks in 5 s</source>
        <translation>%1 Deadlocks in 5 s</translation>
    </message>
    <message>
        <source>its disk is full</source>
        <translation>die Platte ist voll</translation>
    </message>
    <message>
        <source>its disk is nearly full</source>
        <translation>die Platte ist fast voll</translation>
    </message>
    <message>
        <source>live</source>
        <translation>live</translation>
    </message>
    <message>
        <source>loading</source>
        <translation>lädt</translation>
    </message>
    <message>
        <source>late</source>
        <translation>verspätet</translation>
    </message>
    <message>
        <source>lost</source>
        <translation>ausgefallen</translation>
    </message>
    <message>
        <source>denied</source>
        <translation>verweigert</translation>
    </message>
    <message>
        <source>error</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>open</source>
        <translation>offen</translation>
    </message>
    <message>
        <source>disabled</source>
        <translation>abgeschaltet</translation>
    </message>
    <message>
        <source>idle</source>
        <translation>untätig</translation>
    </message>
    <message>
        <source>no requests in this time</source>
        <translation>keine Anfragen in dieser Zeit</translation>
    </message>
    <message>
        <source>less than a second was seen</source>
        <translation>weniger als eine Sekunde wurde gesehen</translation>
    </message>
    <message>
        <source>no instance tells its requests</source>
        <translation>keine Instanz meldet ihre Anfragen</translation>
    </message>
    <message>
        <source>only %1 of %2 seen</source>
        <translation>nur %1 von %2 gesehen</translation>
    </message>
    <message>
        <source>primary</source>
        <translation>Primary</translation>
    </message>
    <message>
        <source>replica %1</source>
        <translation>Replikat %1</translation>
    </message>
    <message>
        <source>pgBouncer has no pool %1.</source>
        <translation>pgBouncer hat keinen Pool %1.</translation>
    </message>
    <message>
        <source>The pool is gone.</source>
        <translation>Den Pool gibt es nicht mehr.</translation>
    </message>
    <message>
        <source>pgBouncer shows the size %1: it has that size of its own in pgbouncer.ini.</source>
        <translation>pgBouncer zeigt die Größe %1: Er hat sie als eigene in pgbouncer.ini.</translation>
    </message>
    <message>
        <source>default_pool_size is %1 again.</source>
        <translation>default_pool_size ist wieder %1.</translation>
    </message>
    <message>
        <source>default_pool_size could not be set back to %1: %2.</source>
        <translation>default_pool_size ließ sich nicht auf %1 zurücksetzen: %2.</translation>
    </message>
    <message>
        <source>%1 can&apos;t be asked: %2</source>
        <translation>%1 lässt sich nicht fragen: %2</translation>
    </message>
    <message>
        <source>%1 answered something that is no telemetry document</source>
        <translation>%1 hat etwas geantwortet, das kein Telemetrie-Dokument ist</translation>
    </message>
    <message>
        <source>pausing</source>
        <translation>wird angehalten</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>angehalten</translation>
    </message>
</context>
<context>
    <name>Budget</name>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation>%1 min</translation>
    </message>
    <message>
        <source>%1 h</source>
        <translation>%1 h</translation>
    </message>
    <message>
        <source>% left</source>
        <translation>% übrig</translation>
    </message>
    <message>
        <source>burn %1, limit %2</source>
        <translation>Verbrauch %1, Grenze %2</translation>
    </message>
    <message>
        <source>spent %1, %2</source>
        <translation>verbraucht %1, %2</translation>
    </message>
    <message>
        <source>burn %1, %2</source>
        <translation>Verbrauch %1, %2</translation>
    </message>
    <message>
        <source>over %1</source>
        <translation>über %1</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Error budget. Objective: %1 of requests neither 5xx nor over %2 in %3</source>
        <translation>Fehlerbudget. Ziel: %1 der Anfragen weder 5xx noch über %2 in %3</translation>
    </message>
    <message>
        <source>Seen over %1: requests %2, bad %3</source>
        <translation>Gesehen über %1: Anfragen %2, schlechte %3</translation>
    </message>
    <message>
        <source>Burn rate; 1 spends it all in %1:</source>
        <translation>Verbrauch; 1 braucht es in %1 ganz auf:</translation>
    </message>
    <message>
        <source>limit %1</source>
        <translation>Grenze %1</translation>
    </message>
    <message>
        <source>With the 5xx that HAProxy answered by itself</source>
        <translation>Mit den 5xx, die HAProxy selbst gab</translation>
    </message>
    <message>
        <source>HAProxy does not tell its own 5xx: requests that reach no instance are missing</source>
        <translation>HAProxy meldet seine eigenen 5xx nicht: Anfragen, die keine Instanz erreichen, fehlen</translation>
    </message>
    <message>
        <source>%1 in %2</source>
        <translation>%1 in %2</translation>
    </message>
</context>
<context>
    <name>Canary</name>
    <message>
        <source>by %1</source>
        <translation>durch %1</translation>
    </message>
    <message>
        <source>by %1: %2</source>
        <translation>durch %1: %2</translation>
    </message>
    <message>
        <source>The share that is wanted is not known.</source>
        <translation>Der gewünschte Anteil ist nicht bekannt.</translation>
    </message>
    <message>
        <source>%1 of users is wanted, %2 has %3.</source>
        <translation>%1 der Nutzer sind gewünscht, %2 hat %3.</translation>
    </message>
    <message>
        <source>%1 of users is wanted, %2 does not answer.</source>
        <translation>%1 der Nutzer sind gewünscht, %2 antwortet nicht.</translation>
    </message>
    <message>
        <source>%1 of users go to the canary.</source>
        <translation>%1 der Nutzer gehen zum Canary.</translation>
    </message>
    <message>
        <source>No user goes to the canary.</source>
        <translation>Kein Nutzer geht zum Canary.</translation>
    </message>
    <message>
        <source>Nobody has changed the share yet.</source>
        <translation>Noch niemand hat den Anteil geändert.</translation>
    </message>
    <message>
        <source>Asked for at %1 %2</source>
        <translation>Verlangt um %1 %2</translation>
    </message>
    <message>
        <source>In force since %1, set %2</source>
        <translation>In Kraft seit %1, gesetzt %2</translation>
    </message>
    <message>
        <source>generation %1</source>
        <translation>Generation %1</translation>
    </message>
</context>
<context>
    <name>Cohorts</name>
    <message>
        <source>too few (%1)</source>
        <translation>zu wenige (%1)</translation>
    </message>
    <message>
        <source>Distinct users</source>
        <translation>Einzelne Nutzer</translation>
    </message>
    <message>
        <source>Share of users</source>
        <translation>Anteil der Nutzer</translation>
    </message>
    <message>
        <source>Share of requests</source>
        <translation>Anteil der Anfragen</translation>
    </message>
    <message>
        <source>control does not tell</source>
        <translation>Control sagt es nicht</translation>
    </message>
    <message>
        <source>estimated, ±%1&#x2009;%</source>
        <translation>geschätzt, ±%1 %</translation>
    </message>
    <message>
        <source>%1 points to wanted</source>
        <translation>%1 Punkte bis zum Soll</translation>
    </message>
    <message>
        <source>chance alone: ±%1 points</source>
        <translation>Zufall allein: ±%1 Punkte</translation>
    </message>
    <message>
        <source>too few users (%1)</source>
        <translation>zu wenige Nutzer (%1)</translation>
    </message>
    <message>
        <source>%1 and %2 requests</source>
        <translation>%1 und %2 Anfragen</translation>
    </message>
    <message>
        <source>%1 versions</source>
        <translation>%1 Versionen</translation>
    </message>
    <message>
        <source>Canary</source>
        <translation>Canary</translation>
    </message>
    <message>
        <source>Stable</source>
        <translation>Stable</translation>
    </message>
    <message>
        <source>Canary to stable</source>
        <translation>Canary zu Stable</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Aus</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>Instances</source>
        <translation>Instanzen</translation>
    </message>
    <message>
        <source>Requests</source>
        <translation>Anfragen</translation>
    </message>
    <message>
        <source>last 5 s</source>
        <translation>letzte 5 s</translation>
    </message>
    <message>
        <source>Errors (5xx)</source>
        <translation>Fehler (5xx)</translation>
    </message>
    <message>
        <source>unchanged</source>
        <translation>unverändert</translation>
    </message>
    <message>
        <source>%1 points</source>
        <translation>%1 Punkte</translation>
    </message>
    <message>
        <source>p50</source>
        <translation>p50</translation>
    </message>
    <message>
        <source>p95</source>
        <translation>p95</translation>
    </message>
    <message>
        <source>p99</source>
        <translation>p99</translation>
    </message>
    <message>
        <source>over %1, %2 and %3 requests</source>
        <translation>über %1, %2 und %3 Anfragen</translation>
    </message>
</context>
<context>
    <name>Connections</name>
    <message>
        <source>Service instance</source>
        <translation>Dienstinstanz</translation>
    </message>
    <message>
        <source>Control plane</source>
        <translation>Steuerebene</translation>
    </message>
    <message>
        <source>Host</source>
        <translation>Host</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>Port</translation>
    </message>
    <message>
        <source>Database</source>
        <translation>Datenbank</translation>
    </message>
    <message>
        <source>User</source>
        <translation>Benutzer</translation>
    </message>
    <message>
        <source>TLS</source>
        <translation>TLS</translation>
    </message>
    <message>
        <source>CA file</source>
        <translation>CA-Datei</translation>
    </message>
    <message>
        <source>empty: the system&apos;s certificates</source>
        <translation>leer: die Zertifikate des Systems</translation>
    </message>
    <message>
        <source>Password file</source>
        <translation>Passwortdatei</translation>
    </message>
    <message>
        <source>HOST:PORT:DATABASE:USER:PASSWORD in each line, readable by you alone</source>
        <translation>HOST:PORT:DATENBANK:BENUTZER:PASSWORT je Zeile, nur für Sie lesbar</translation>
    </message>
    <message>
        <source>the password and nothing else</source>
        <translation>das Passwort und sonst nichts</translation>
    </message>
    <message>
        <source>Token file</source>
        <translation>Tokendatei</translation>
    </message>
    <message>
        <source>the token and nothing else</source>
        <translation>das Token und sonst nichts</translation>
    </message>
    <message>
        <source>Only series with</source>
        <translation>Nur Reihen mit</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>Statistics page</source>
        <translation>Statistikseite</translation>
    </message>
    <message>
        <source>Admin address</source>
        <translation>Admin-Adresse</translation>
    </message>
    <message>
        <source>Name the server&apos;s host, or the folder of its socket.</source>
        <translation>Den Host des Servers nennen, oder den Ordner seines Sockets.</translation>
    </message>
    <message>
        <source>Name one host. Give each further server an entry of its own.</source>
        <translation>Einen Host nennen. Jeder weitere Server bekommt einen eigenen Eintrag.</translation>
    </message>
    <message>
        <source>Write the host alone; an address with more in it can be pasted above.</source>
        <translation>Nur den Host schreiben; eine Adresse mit mehr darin lässt sich oben einfügen.</translation>
    </message>
    <message>
        <source>Write a number from 1 to 65535, or leave it empty.</source>
        <translation>Eine Zahl von 1 bis 65535, oder leer lassen.</translation>
    </message>
    <message>
        <source>Name the role to read as; pg_monitor is all that it needs.</source>
        <translation>Die Rolle nennen, mit der gelesen wird; pg_monitor genügt ihr.</translation>
    </message>
    <message>
        <source>Name a user of stats_users or admin_users.</source>
        <translation>Einen Benutzer aus stats_users oder admin_users nennen.</translation>
    </message>
    <message>
        <source>Name the file from the root on, beginning with a slash.</source>
        <translation>Die Datei von der Wurzel an nennen, beginnend mit einem Schrägstrich.</translation>
    </message>
    <message>
        <source>Give it a name of letters, digits, dots, dashes and underscores, up to 64.</source>
        <translation>Ein Name aus Buchstaben, Ziffern, Punkten, Strichen und Unterstrichen, bis 64 Zeichen.</translation>
    </message>
    <message>
        <source>Add a server to read: paste its address, or choose its kind.</source>
        <translation>Einen Server hinzufügen: seine Adresse einfügen oder seine Art wählen.</translation>
    </message>
    <message>
        <source>on this machine</source>
        <translation>auf diesem Rechner</translation>
    </message>
    <message>
        <source>not encrypted</source>
        <translation>nicht verschlüsselt</translation>
    </message>
    <message>
        <source>TLS, server not checked</source>
        <translation>TLS, Server nicht geprüft</translation>
    </message>
    <message>
        <source>TLS, host name not checked</source>
        <translation>TLS, Hostname nicht geprüft</translation>
    </message>
    <message>
        <source>TLS verified</source>
        <translation>TLS geprüft</translation>
    </message>
    <message>
        <source>%1 of %2 not encrypted</source>
        <translation>%1 von %2 nicht verschlüsselt</translation>
    </message>
    <message>
        <source>TLS, not fully checked</source>
        <translation>TLS, nicht ganz geprüft</translation>
    </message>
    <message>
        <source>%1 of %2 not fully checked</source>
        <translation>%1 von %2 nicht ganz geprüft</translation>
    </message>
    <message numerus="yes">
        <source>%n instances</source>
        <translation>
            <numerusform>%n Instanz</numerusform>
            <numerusform>%n Instanzen</numerusform>
        </translation>
    </message>
    <message>
        <source>control</source>
        <translation>Control</translation>
    </message>
    <message>
        <source>not reached</source>
        <translation>nicht erreicht</translation>
    </message>
    <message>
        <source>answered, and refused</source>
        <translation>antwortete und lehnte ab</translation>
    </message>
    <message>
        <source>reached in %1 ms</source>
        <translation>erreicht in %1 ms</translation>
    </message>
    <message>
        <source>as %1</source>
        <translation>als %1</translation>
    </message>
    <message>
        <source>Is the address right, and does a firewall let this machine through?</source>
        <translation>Stimmt die Adresse, und lässt eine Firewall diesen Rechner durch?</translation>
    </message>
    <message>
        <source>Does the server run, on this host and port? A refused certificate needs the CA that made it.</source>
        <translation>Läuft der Server, auf diesem Host und Port? Ein abgelehntes Zertifikat braucht die CA, die es ausgestellt hat.</translation>
    </message>
    <message>
        <source>Check the user and the password, and what the server&apos;s own rules (pg_hba.conf, ACL) let in.</source>
        <translation>Benutzer und Passwort prüfen, und was die Regeln des Servers (pg_hba.conf, ACL) einlassen.</translation>
    </message>
    <message>
        <source>Check the name: of the host, of the database, of the file.</source>
        <translation>Den Namen prüfen: des Hosts, der Datenbank, der Datei.</translation>
    </message>
    <message>
        <source>Is it this kind of server, and does it expect TLS?</source>
        <translation>Ist es diese Art von Server, und erwartet er TLS?</translation>
    </message>
</context>
<context>
    <name>ControlStatus</name>
    <message>
        <source>as of %1</source>
        <translation>Stand %1</translation>
    </message>
    <message>
        <source>still trying</source>
        <translation>neuer Versuch läuft</translation>
    </message>
    <message>
        <source>Control does not know who you are</source>
        <translation>Control kennt Sie nicht</translation>
    </message>
    <message>
        <source>Control does not answer</source>
        <translation>Control antwortet nicht</translation>
    </message>
    <message>
        <source>age %1</source>
        <translation>Alter %1</translation>
    </message>
    <message>
        <source>no answer for %1</source>
        <translation>keine Antwort seit %1</translation>
    </message>
    <message>
        <source>Not in a recording</source>
        <translation>Nicht in einer Aufzeichnung</translation>
    </message>
    <message>
        <source>What is wanted and who did what is kept by control.</source>
        <translation>Was gewünscht ist und wer was getan hat, weiß Control.</translation>
    </message>
</context>
<context>
    <name>DatabaseLooks</name>
    <message>
        <source>Long and idle transactions</source>
        <translation>Lange und untätige Transaktionen</translation>
    </message>
    <message>
        <source>No transaction is open for over 5 s, and none is idle</source>
        <translation>Keine Transaktion ist länger als 5 s offen, und keine ist untätig</translation>
    </message>
    <message>
        <source>Sessions</source>
        <translation>Sitzungen</translation>
    </message>
    <message>
        <source>No sessions</source>
        <translation>Keine Sitzungen</translation>
    </message>
    <message>
        <source>Statements</source>
        <translation>Anweisungen</translation>
    </message>
    <message>
        <source>No statement was run since the statistics were reset</source>
        <translation>Seit die Statistik zurückgesetzt wurde, lief keine Anweisung</translation>
    </message>
    <message>
        <source>Tables</source>
        <translation>Tabellen</translation>
    </message>
    <message>
        <source>No tables</source>
        <translation>Keine Tabellen</translation>
    </message>
    <message>
        <source>Indexes</source>
        <translation>Indexe</translation>
    </message>
    <message>
        <source>No indexes</source>
        <translation>Keine Indexe</translation>
    </message>
    <message>
        <source>Standbys</source>
        <translation>Standbys</translation>
    </message>
    <message>
        <source>No standby is connected to this server</source>
        <translation>Kein Standby ist mit diesem Server verbunden</translation>
    </message>
    <message>
        <source>Replication slots</source>
        <translation>Replikations-Slots</translation>
    </message>
    <message>
        <source>No replication slots</source>
        <translation>Keine Replikations-Slots</translation>
    </message>
    <message>
        <source>Long work under way</source>
        <translation>Laufende lange Arbeiten</translation>
    </message>
    <message>
        <source>No vacuum, index build, base backup or copy is under way</source>
        <translation>Kein Vacuum, Indexaufbau, Base-Backup oder Copy läuft</translation>
    </message>
    <message>
        <source>Databases</source>
        <translation>Datenbanken</translation>
    </message>
    <message>
        <source>No databases</source>
        <translation>Keine Datenbanken</translation>
    </message>
</context>
<context>
    <name>Deadlock</name>
    <message>
        <source>lock order</source>
        <translation>Sperrfolge</translation>
    </message>
    <message>
        <source>foreign key</source>
        <translation>Fremdschlüssel</translation>
    </message>
    <message>
        <source>index</source>
        <translation>Index</translation>
    </message>
    <message>
        <source>other</source>
        <translation>Sonstige</translation>
    </message>
    <message>
        <source>the_table</source>
        <translation>die_tabelle</translation>
    </message>
    <message>
        <source>Rows are locked in two orders: each of the sessions holds what the other one needs next.</source>
        <translation>Zeilen werden in zwei Reihenfolgen gesperrt: Jede Sitzung hält, was die andere als Nächstes braucht.</translation>
    </message>
    <message>
        <source>Lock in key order, in one statement, before the first change:</source>
        <translation>In der Reihenfolge des Schlüssels sperren, in einer Anweisung, vor der ersten Änderung:</translation>
    </message>
    <message>
        <source>A change of a row that refers to another locks that one, too, to keep the reference whole.</source>
        <translation>Wer eine Zeile ändert, die auf eine andere verweist, sperrt auch diese, damit der Verweis gültig bleibt.</translation>
    </message>
    <message>
        <source>Lock the row that is referred to first, in every transaction that changes both:</source>
        <translation>In jeder Transaktion, die beide ändert, zuerst die Zeile sperren, auf die verwiesen wird:</translation>
    </message>
    <message>
        <source>Both insert keys that a unique index holds apart, and each waits for the other to decide.</source>
        <translation>Beide fügen Schlüssel ein, die ein Unique-Index auseinanderhält, und jede wartet auf die Entscheidung der anderen.</translation>
    </message>
    <message>
        <source>Insert in key order, and let the later one give way:</source>
        <translation>In der Reihenfolge des Schlüssels einfügen und den Späteren nachgeben lassen:</translation>
    </message>
    <message>
        <source>What is told of it does not show which rule was broken.</source>
        <translation>Was davon bekannt ist, zeigt nicht, welche Regel verletzt wurde.</translation>
    </message>
    <message>
        <source>The one that was cancelled can be sent again as a whole. If it comes back, take the locks of both in the same order.</source>
        <translation>Die abgebrochene Transaktion kann als Ganzes erneut gesendet werden. Kehrt es wieder, in beiden die Sperren in derselben Reihenfolge nehmen.</translation>
    </message>
</context>
<context>
    <name>Degradation</name>
    <message>
        <source>%1 min</source>
        <translation>%1 min</translation>
    </message>
    <message>
        <source>%1 database time</source>
        <translation>%1 Datenbankzeit</translation>
    </message>
    <message>
        <source>no fallback any more</source>
        <translation>keine Ersatzantworten mehr</translation>
    </message>
    <message>
        <source>%1 by a fallback</source>
        <translation>%1 durch Ersatzantwort</translation>
    </message>
    <message>
        <source>%1 users</source>
        <translation>%1 Nutzer</translation>
    </message>
    <message>
        <source>no change expected</source>
        <translation>keine Änderung erwartet</translation>
    </message>
    <message>
        <source>turns off nothing more than level %1</source>
        <translation>schaltet nicht mehr ab als Stufe %1</translation>
    </message>
    <message>
        <source>all features on</source>
        <translation>alle Funktionen an</translation>
    </message>
    <message>
        <source>without %1</source>
        <translation>ohne %1</translation>
    </message>
    <message>
        <source>Everything on</source>
        <translation>Alles an</translation>
    </message>
    <message>
        <source>Shed the optional</source>
        <translation>Verzichtbares abwerfen</translation>
    </message>
    <message>
        <source>Shed the deferrable</source>
        <translation>Aufschiebbares abwerfen</translation>
    </message>
    <message>
        <source>Emergency</source>
        <translation>Notbetrieb</translation>
    </message>
    <message>
        <source>No instance tells its degradation level.</source>
        <translation>Keine Instanz nennt ihre Degradationsstufe.</translation>
    </message>
    <message>
        <source>Level %1 is in force on %2 of %3 instances.</source>
        <translation>Stufe %1 gilt auf %2 von %3 Instanzen.</translation>
    </message>
    <message>
        <source>As the instances tell it themselves, age %1.</source>
        <translation>Wie die Instanzen es selbst melden, Alter %1.</translation>
    </message>
    <message>
        <source>Behind: %1.</source>
        <translation>Im Rückstand: %1.</translation>
    </message>
    <message>
        <source>Everything is on.</source>
        <translation>Alles ist an.</translation>
    </message>
    <message>
        <source>Without %1.</source>
        <translation>Ohne %1.</translation>
    </message>
    <message>
        <source>set by %1, &quot;%2&quot;, #%3</source>
        <translation>gesetzt von %1, „%2“, #%3</translation>
    </message>
    <message>
        <source>in force since %1</source>
        <translation>in Kraft seit %1</translation>
    </message>
    <message>
        <source>in force</source>
        <translation>in Kraft</translation>
    </message>
    <message>
        <source>lease %1</source>
        <translation>Frist %1</translation>
    </message>
    <message>
        <source>normal</source>
        <translation>normal</translation>
    </message>
    <message>
        <source>In force</source>
        <translation>In Kraft</translation>
    </message>
    <message>
        <source>Extend lease…</source>
        <translation>Frist verlängern…</translation>
    </message>
    <message>
        <source>Release to 0…</source>
        <translation>Auf 0 lösen…</translation>
    </message>
    <message>
        <source>Set level %1…</source>
        <translation>Stufe %1 setzen…</translation>
    </message>
    <message>
        <source>level %1, %2</source>
        <translation>Stufe %1, %2</translation>
    </message>
    <message>
        <source>overdue</source>
        <translation>überfällig</translation>
    </message>
    <message>
        <source>left</source>
        <translation>übrig</translation>
    </message>
    <message>
        <source>now %1</source>
        <translation>jetzt %1</translation>
    </message>
    <message>
        <source>no lease ends without control</source>
        <translation>ohne Control endet keine Frist</translation>
    </message>
    <message>
        <source>level %1, if healthy</source>
        <translation>Stufe %1, wenn gesund</translation>
    </message>
    <message>
        <source>Feature</source>
        <translation>Funktion</translation>
    </message>
    <message>
        <source>req/s, 5 min</source>
        <translation>Anfr./s, 5 min</translation>
    </message>
    <message>
        <source>Users, 5 min</source>
        <translation>Nutzer, 5 min</translation>
    </message>
    <message>
        <source>%1 now</source>
        <translation>%1 jetzt</translation>
    </message>
    <message>
        <source>Instead</source>
        <translation>Stattdessen</translation>
    </message>
    <message>
        <source>– off</source>
        <translation>– aus</translation>
    </message>
    <message>
        <source>on</source>
        <translation>an</translation>
    </message>
    <message>
        <source>Instance</source>
        <translation>Instanz</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>Stufe</translation>
    </message>
    <message>
        <source>Generation</source>
        <translation>Generation</translation>
    </message>
    <message>
        <source>Observed</source>
        <translation>Beobachtet</translation>
    </message>
    <message>
        <source>in effect</source>
        <translation>wirksam</translation>
    </message>
    <message>
        <source>still holds the old value</source>
        <translation>hält noch den alten Wert</translation>
    </message>
    <message>
        <source>as it tells itself</source>
        <translation>nach eigener Angabe</translation>
    </message>
    <message>
        <source>other way</source>
        <translation>anders</translation>
    </message>
</context>
<context>
    <name>Effect</name>
    <message>
        <source>Errors</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Requests</source>
        <translation>Anfragen</translation>
    </message>
    <message>
        <source>Database time</source>
        <translation>Datenbankzeit</translation>
    </message>
    <message>
        <source>Answers by a fallback</source>
        <translation>Ersatzantworten</translation>
    </message>
    <message>
        <source>%1, stable and canary</source>
        <translation>%1, Stable und Canary</translation>
    </message>
    <message>
        <source>too few (%1)</source>
        <translation>zu wenige (%1)</translation>
    </message>
    <message>
        <source>too few to tell</source>
        <translation>zu wenige, um es zu sagen</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>fell</source>
        <translation>gefallen</translation>
    </message>
    <message>
        <source>rose</source>
        <translation>gestiegen</translation>
    </message>
    <message>
        <source>Reading</source>
        <translation>Messwert</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>Vorher</translation>
    </message>
    <message>
        <source>After</source>
        <translation>Nachher</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Änderung</translation>
    </message>
    <message>
        <source>Nothing was compared yet.</source>
        <translation>Noch wurde nichts verglichen.</translation>
    </message>
    <message>
        <source>60 s before it was in effect, against 30 to 90 s after</source>
        <translation>60 s vor der Wirkung gegen 30 bis 90 s danach</translation>
    </message>
    <message>
        <source>The comparison is ready in %1 s.</source>
        <translation>Der Vergleich ist in %1 s fertig.</translation>
    </message>
    <message>
        <source>The comparison is being made.</source>
        <translation>Der Vergleich wird gerade gemacht.</translation>
    </message>
</context>
<context>
    <name>Environment</name>
    <message>
        <source>PRODUCTION</source>
        <translation>PRODUKTION</translation>
    </message>
    <message>
        <source>Staging</source>
        <translation>Staging</translation>
    </message>
    <message>
        <source>Development</source>
        <translation>Entwicklung</translation>
    </message>
    <message>
        <source>Recording</source>
        <translation>Aufzeichnung</translation>
    </message>
</context>
<context>
    <name>Keychain</name>
    <message>
        <source>the keychain is locked</source>
        <translation>der Schlüsselbund ist gesperrt</translation>
    </message>
    <message>
        <source>the keychain refused</source>
        <translation>der Schlüsselbund lehnt ab</translation>
    </message>
    <message>
        <source>the keychain could not delete the entry</source>
        <translation>der Schlüsselbund konnte den Eintrag nicht löschen</translation>
    </message>
    <message>
        <source>no keychain answers</source>
        <translation>kein Schlüsselbund antwortet</translation>
    </message>
    <message>
        <source>the keychain could not ask for its password</source>
        <translation>der Schlüsselbund konnte nicht nach seinem Passwort fragen</translation>
    </message>
    <message>
        <source>the keychain stayed locked</source>
        <translation>der Schlüsselbund blieb gesperrt</translation>
    </message>
    <message>
        <source>the keychain does not answer</source>
        <translation>der Schlüsselbund antwortet nicht</translation>
    </message>
</context>
<context>
    <name>Keys</name>
    <message>
        <source>Ctrl</source>
        <translation>Strg</translation>
    </message>
    <message>
        <source>Shift</source>
        <translation>Umsch</translation>
    </message>
    <message>
        <source>Alt</source>
        <translation>Alt</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>Leertaste</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Enter</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>Home</source>
        <translation>Pos1</translation>
    </message>
    <message>
        <source>End</source>
        <translation>Ende</translation>
    </message>
    <message>
        <source>PgUp</source>
        <translation>Bild auf</translation>
    </message>
    <message>
        <source>PgDown</source>
        <translation>Bild ab</translation>
    </message>
</context>
<context>
    <name>Lane</name>
    <message>
        <source>Requests</source>
        <translation>Anfragen</translation>
    </message>
    <message>
        <source>all routes</source>
        <translation>alle Routen</translation>
    </message>
    <message>
        <source>p99 latency</source>
        <translation>p99-Latenz</translation>
    </message>
    <message>
        <source>all routes, last 30 s</source>
        <translation>alle Routen, letzte 30 s</translation>
    </message>
    <message>
        <source>Pool waiters</source>
        <translation>Warten auf Pool</translation>
    </message>
    <message>
        <source>pgBouncer waiters</source>
        <translation>Warten: pgBouncer</translation>
    </message>
    <message>
        <source>clients waiting</source>
        <translation>wartende Clients</translation>
    </message>
    <message>
        <source>requests waiting</source>
        <translation>wartende Anfragen</translation>
    </message>
    <message>
        <source>HAProxy queue</source>
        <translation>HAProxy-Queue</translation>
    </message>
    <message>
        <source>requests</source>
        <translation>Anfragen</translation>
    </message>
    <message>
        <source>Lock waits</source>
        <translation>Warten: Sperre</translation>
    </message>
    <message>
        <source>sessions</source>
        <translation>Sitzungen</translation>
    </message>
    <message>
        <source>Redis evictions</source>
        <translation>Redis verdrängt</translation>
    </message>
    <message>
        <source>keys per second</source>
        <translation>Schlüssel pro Sekunde</translation>
    </message>
    <message>
        <source>WAL written</source>
        <translation>WAL-Rate</translation>
    </message>
    <message>
        <source>primary</source>
        <translation>Primary</translation>
    </message>
    <message>
        <source>Replica lag</source>
        <translation>Rückstand</translation>
    </message>
    <message>
        <source>worst standby</source>
        <translation>schlechtester Standby</translation>
    </message>
</context>
<context>
    <name>LikelyCause</name>
    <message>
        <source>Terminate %1…</source>
        <translation>%1 beenden…</translation>
    </message>
    <message>
        <source>Terminate</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>Cancel query %1…</source>
        <translation>Abfrage %1 abbrechen…</translation>
    </message>
    <message>
        <source>Cancel query</source>
        <translation>Abfrage abbrechen</translation>
    </message>
    <message>
        <source>Session %1 of %2 holds locks that others wait for.</source>
        <translation>Sitzung %1 von %2 hält Sperren, auf die andere warten.</translation>
    </message>
    <message>
        <source>1 session waits behind it.</source>
        <translation>1 Sitzung wartet dahinter.</translation>
    </message>
    <message numerus="yes">
        <source>%n sessions wait behind it.</source>
        <translation>
            <numerusform>%n Sitzung wartet dahinter.</numerusform>
            <numerusform>%n Sitzungen warten dahinter.</numerusform>
        </translation>
    </message>
    <message>
        <source>Its transaction is open for %1, and it does nothing.</source>
        <translation>Ihre Transaktion ist seit %1 offen, und sie tut nichts.</translation>
    </message>
    <message>
        <source>Its transaction is open for %1.</source>
        <translation>Ihre Transaktion ist seit %1 offen.</translation>
    </message>
    <message>
        <source>Session %1 of %2 has its transaction open for %3.</source>
        <translation>Sitzung %1 von %2 hält ihre Transaktion seit %3 offen.</translation>
    </message>
    <message>
        <source>It does nothing: its client does not go on.</source>
        <translation>Sie tut nichts: Ihr Client macht nicht weiter.</translation>
    </message>
    <message>
        <source>Its statement runs.</source>
        <translation>Ihre Anweisung läuft.</translation>
    </message>
    <message>
        <source>Query %1 on %2 (%3, %4) may hold back replay.</source>
        <translation>Abfrage %1 auf %2 (%3, %4) hält womöglich das Replay auf.</translation>
    </message>
    <message>
        <source>It began before the standby fell %1 behind.</source>
        <translation>Sie begann, bevor das Replikat %1 zurückfiel.</translation>
    </message>
    <message>
        <source>Abort canary…</source>
        <translation>Canary abbrechen…</translation>
    </message>
    <message>
        <source>Abort canary</source>
        <translation>Canary abbrechen</translation>
    </message>
    <message>
        <source>Drain %1…</source>
        <translation>%1 herausnehmen…</translation>
    </message>
    <message>
        <source>Drain</source>
        <translation>Herausnehmen</translation>
    </message>
    <message>
        <source>Set level 1…</source>
        <translation>Stufe 1 setzen…</translation>
    </message>
    <message>
        <source>Set level 1</source>
        <translation>Stufe 1</translation>
    </message>
    <message numerus="yes">
        <source>What is seen at %1 and %n more follows from it.</source>
        <translation>
            <numerusform>Was sich an %1 und %n weiterem Teil zeigt, folgt daraus.</numerusform>
            <numerusform>Was sich an %1 und %n weiteren Teilen zeigt, folgt daraus.</numerusform>
        </translation>
    </message>
    <message>
        <source>What is seen at %1 follows from it.</source>
        <translation>Was sich an %1 zeigt, folgt daraus.</translation>
    </message>
    <message>
        <source>%1 does not answer.</source>
        <translation>%1 antwortet nicht.</translation>
    </message>
    <message>
        <source>%1 is in trouble.</source>
        <translation>%1 hat ein Problem.</translation>
    </message>
    <message>
        <source>%1: %2.</source>
        <translation>%1: %2.</translation>
    </message>
    <message>
        <source>All %1 sources fell silent together.</source>
        <translation>Alle %1 Quellen sind zugleich verstummt.</translation>
    </message>
    <message>
        <source>That is the place as a whole, or the way to it, and not one of its parts.</source>
        <translation>Das ist der Ort als Ganzes oder der Weg dorthin, nicht eines seiner Teile.</translation>
    </message>
</context>
<context>
    <name>LocalKeys</name>
    <message>
        <source>Connections: save the profile</source>
        <translation>Verbindungen: das Profil speichern</translation>
    </message>
    <message>
        <source>Connections: a new profile</source>
        <translation>Verbindungen: ein neues Profil</translation>
    </message>
    <message>
        <source>Latency: the statements of a route; Statements: the sessions that run it</source>
        <translation>Latenz: Anweisungen einer Route; Anweisungen: Sitzungen, die sie ausführen</translation>
    </message>
    <message>
        <source>Back on the way from a route to a lock</source>
        <translation>Zurück auf dem Weg von einer Route zu einer Sperre</translation>
    </message>
    <message>
        <source>Statements: the plan of the statement</source>
        <translation>Anweisungen: Plan der Anweisung</translation>
    </message>
    <message>
        <source>On its page</source>
        <translation>Auf ihrer Seite</translation>
    </message>
    <message>
        <source>In a table</source>
        <translation>In einer Tabelle</translation>
    </message>
    <message>
        <source>On a chart</source>
        <translation>Auf einem Diagramm</translation>
    </message>
    <message>
        <source>In a preview</source>
        <translation>In einer Vorschau</translation>
    </message>
    <message>
        <source>Degradation: set a level…</source>
        <translation>Degradation: Stufe setzen…</translation>
    </message>
    <message>
        <source>Degradation: extend the lease…</source>
        <translation>Degradation: Frist verlängern…</translation>
    </message>
    <message>
        <source>Canary: no user to the canary…</source>
        <translation>Canary: kein Nutzer zum Canary…</translation>
    </message>
    <message>
        <source>Cache: name a key or tag to invalidate…</source>
        <translation>Cache: Schlüssel oder Tag zum Invalidieren nennen…</translation>
    </message>
    <message>
        <source>Locks, Sessions: cancel the query…</source>
        <translation>Sperren, Sitzungen: Abfrage abbrechen…</translation>
    </message>
    <message>
        <source>Locks, Sessions: terminate the session…</source>
        <translation>Sperren, Sitzungen: Sitzung beenden…</translation>
    </message>
    <message>
        <source>Sessions: whom it waits for</source>
        <translation>Sitzungen: auf wen sie wartet</translation>
    </message>
    <message>
        <source>Database: the next section</source>
        <translation>Datenbank: der nächste Abschnitt</translation>
    </message>
    <message>
        <source>Database: the section before</source>
        <translation>Datenbank: der Abschnitt davor</translation>
    </message>
    <message>
        <source>Filter its rows; Esc leaves the field</source>
        <translation>Zeilen filtern; Esc verlässt das Feld</translation>
    </message>
    <message>
        <source>Leave the filter, and empty it</source>
        <translation>Den Filter verlassen und leeren</translation>
    </message>
    <message>
        <source>Copy the row</source>
        <translation>Die Zeile kopieren</translation>
    </message>
    <message>
        <source>Copy all rows as CSV</source>
        <translation>Alle Zeilen als CSV kopieren</translation>
    </message>
    <message>
        <source>Save all rows as CSV…</source>
        <translation>Alle Zeilen als CSV speichern…</translation>
    </message>
    <message>
        <source>What belongs to the row</source>
        <translation>Was zur Zeile gehört</translation>
    </message>
    <message>
        <source>Sort by the column beside</source>
        <translation>Nach der Spalte daneben sortieren</translation>
    </message>
    <message>
        <source>Smallest first, largest first</source>
        <translation>Kleinstes zuerst, Größtes zuerst</translation>
    </message>
    <message>
        <source>Move the sorted column</source>
        <translation>Die sortierte Spalte verschieben</translation>
    </message>
    <message>
        <source>Sorted column wider, narrower</source>
        <translation>Sortierte Spalte breiter, schmaler</translation>
    </message>
    <message>
        <source>Move the crosshair; Esc takes it away</source>
        <translation>Das Fadenkreuz bewegen; Esc nimmt es weg</translation>
    </message>
    <message>
        <source>Its figures as a table, and as CSV</source>
        <translation>Seine Zahlen als Tabelle und als CSV</translation>
    </message>
    <message>
        <source>Time line above: move the window; End is now</source>
        <translation>Zeitleiste oben: das Fenster bewegen; Ende ist jetzt</translation>
    </message>
    <message>
        <source>Do it</source>
        <translation>Ausführen</translation>
    </message>
    <message>
        <source>Leave everything as it is</source>
        <translation>Alles lassen, wie es ist</translation>
    </message>
    <message>
        <source>Read the state again</source>
        <translation>Den Zustand neu lesen</translation>
    </message>
    <message>
        <source>In the list of alerts</source>
        <translation>In der Liste der Alarme</translation>
    </message>
    <message>
        <source>Acknowledge: it stays, and is quiet</source>
        <translation>Bestätigen: bleibt stehen und ist still</translation>
    </message>
    <message>
        <source>Silence it, or its rule, for a while…</source>
        <translation>Den Alarm oder seine Regel eine Weile stummschalten…</translation>
    </message>
    <message>
        <source>End its silence</source>
        <translation>Nicht mehr stumm</translation>
    </message>
    <message>
        <source>All rules with their limits, and back</source>
        <translation>Alle Regeln mit ihren Grenzen, und zurück</translation>
    </message>
    <message>
        <source>The page that shows more of it</source>
        <translation>Die Seite, die mehr davon zeigt</translation>
    </message>
    <message>
        <source>Latency: only one route, version or instance</source>
        <translation>Latenz: nur eine Route, Version oder Instanz</translation>
    </message>
    <message>
        <source>Latency: all routes and instances again</source>
        <translation>Latenz: wieder alle Routen und Instanzen</translation>
    </message>
    <message>
        <source>Latency: compare with something else</source>
        <translation>Latenz: mit etwas anderem vergleichen</translation>
    </message>
    <message>
        <source>Latency: pin this window to compare with, or let it go</source>
        <translation>Latenz: dieses Fenster zum Vergleich anheften oder lösen</translation>
    </message>
    <message>
        <source>Latency: show the last burst, or the plateau, on all pages</source>
        <translation>Latenz: den letzten Stoß oder das Plateau auf allen Seiten zeigen</translation>
    </message>
    <message>
        <source>Latency: only what stands out in the tail</source>
        <translation>Latenz: nur, was im Ausläufer heraussticht</translation>
    </message>
    <message>
        <source>Scroll the page where the window is too low for it</source>
        <translation>Die Seite rollen, wo das Fenster für sie zu niedrig ist</translation>
    </message>
    <message>
        <source>Who waited for whom: another session of a ring</source>
        <translation>Wer auf wen wartete: eine andere Sitzung eines Rings</translation>
    </message>
</context>
<context>
    <name>Mark</name>
    <message>
        <source>normal</source>
        <translation>normal</translation>
    </message>
    <message>
        <source>caution</source>
        <translation>Vorsicht</translation>
    </message>
    <message>
        <source>critical</source>
        <translation>kritisch</translation>
    </message>
    <message>
        <source>observed</source>
        <translation>beobachtet</translation>
    </message>
    <message>
        <source>held</source>
        <translation>gehalten</translation>
    </message>
    <message>
        <source>late</source>
        <translation>verspätet</translation>
    </message>
    <message>
        <source>lost</source>
        <translation>ausgefallen</translation>
    </message>
    <message>
        <source>note</source>
        <translation>Hinweis</translation>
    </message>
    <message>
        <source>denied</source>
        <translation>verweigert</translation>
    </message>
</context>
<context>
    <name>Migration</name>
    <message>
        <source>1 session</source>
        <translation>1 Sitzung</translation>
    </message>
    <message>
        <source>%1 sessions</source>
        <translation>%1 Sitzungen</translation>
    </message>
    <message>
        <source>Process %1 of %2, %3 for %4.</source>
        <translation>Prozess %1 von %2, %3 seit %4.</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>open</source>
        <translation>offen</translation>
    </message>
    <message>
        <source>not applied</source>
        <translation>offen</translation>
    </message>
    <message>
        <source>running</source>
        <translation>läuft</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>wartet</translation>
    </message>
    <message>
        <source>stopping</source>
        <translation>wird angehalten</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>angehalten</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>fehlgeschlagen</translation>
    </message>
    <message>
        <source>applied</source>
        <translation>angewandt</translation>
    </message>
    <message>
        <source>being undone</source>
        <translation>wird zurückgenommen</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>nicht bekannt</translation>
    </message>
    <message>
        <source>The catalogue holds no migration.</source>
        <translation>Der Katalog enthält keine Migration.</translation>
    </message>
    <message>
        <source>The migrations can’t be told.</source>
        <translation>Über die Migrationen ist nichts bekannt.</translation>
    </message>
    <message>
        <source>%1: it runs.</source>
        <translation>%1: läuft.</translation>
    </message>
    <message>
        <source>%1, %2. Reads and writes go on.</source>
        <translation>%1, %2. Lesen und Schreiben gehen weiter.</translation>
    </message>
    <message>
        <source>%1: it waits.</source>
        <translation>%1: wartet.</translation>
    </message>
    <message>
        <source>%1: it waits for %2.</source>
        <translation>%1: wartet auf %2.</translation>
    </message>
    <message>
        <source>%1: it stops and cleans up.</source>
        <translation>%1: hält an und räumt auf.</translation>
    </message>
    <message>
        <source>%1: it is being undone.</source>
        <translation>%1: wird zurückgenommen.</translation>
    </message>
    <message>
        <source>%1: it failed and is cleaned up.</source>
        <translation>%1: ist fehlgeschlagen und aufgeräumt.</translation>
    </message>
    <message>
        <source>%1: how it stands is not known.</source>
        <translation>%1: Der Stand ist nicht bekannt.</translation>
    </message>
    <message>
        <source>%1: stopped and cleaned up.</source>
        <translation>%1: angehalten und aufgeräumt.</translation>
    </message>
    <message>
        <source>It can be applied again.</source>
        <translation>Sie kann erneut angewandt werden.</translation>
    </message>
    <message>
        <source>%1: not applied yet.</source>
        <translation>%1: noch nicht angewandt.</translation>
    </message>
    <message>
        <source>%1 migrations are not applied yet.</source>
        <translation>%1 Migrationen sind noch nicht angewandt.</translation>
    </message>
    <message>
        <source>%1: applied.</source>
        <translation>%1: angewandt.</translation>
    </message>
    <message>
        <source>All %1 migrations are applied.</source>
        <translation>Alle %1 Migrationen sind angewandt.</translation>
    </message>
    <message>
        <source>Migration</source>
        <translation>Migration</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>Tabelle</translation>
    </message>
    <message>
        <source>Of phase</source>
        <translation>Der Phase</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Process</source>
        <translation>Prozess</translation>
    </message>
    <message>
        <source>User</source>
        <translation>Benutzer</translation>
    </message>
    <message>
        <source>Application</source>
        <translation>Anwendung</translation>
    </message>
    <message>
        <source>Open for</source>
        <translation>Offen seit</translation>
    </message>
    <message>
        <source>What it holds</source>
        <translation>Was gehalten wird</translation>
    </message>
    <message>
        <source>All phases are done</source>
        <translation>Alle Phasen sind abgeschlossen</translation>
    </message>
    <message>
        <source>No phase runs</source>
        <translation>Keine Phase läuft</translation>
    </message>
    <message>
        <source>%1 of %2 %3</source>
        <translation>%1 von %2 %3</translation>
    </message>
    <message>
        <source>%1 %2, of how many is not told</source>
        <translation>%1 %2, von wie vielen ist nicht bekannt</translation>
    </message>
    <message>
        <source>PostgreSQL does not tell how far this phase is</source>
        <translation>PostgreSQL nennt nicht, wie weit diese Phase ist</translation>
    </message>
    <message>
        <source>%1 %2/s</source>
        <translation>%1 %2/s</translation>
    </message>
    <message>
        <source>, about %1 left of this phase</source>
        <translation>, noch etwa %1 in dieser Phase</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>Stop: not running</source>
        <translation>Anhalten: läuft nicht</translation>
    </message>
    <message>
        <source>Undo: not applied</source>
        <translation>Zurücknehmen: nicht angewandt</translation>
    </message>
    <message>
        <source>Apply: applied</source>
        <translation>Anwenden: angewandt</translation>
    </message>
    <message>
        <source>Apply: runs</source>
        <translation>Anwenden: läuft</translation>
    </message>
    <message>
        <source>Undo: runs, stop it first</source>
        <translation>Zurücknehmen: läuft, zuerst anhalten</translation>
    </message>
    <message>
        <source>Apply: stops</source>
        <translation>Anwenden: hält an</translation>
    </message>
    <message>
        <source>Stop: stops already</source>
        <translation>Anhalten: hält schon an</translation>
    </message>
    <message>
        <source>Undo: stops</source>
        <translation>Zurücknehmen: hält an</translation>
    </message>
    <message>
        <source>Apply: being undone</source>
        <translation>Anwenden: wird zurückgenommen</translation>
    </message>
    <message>
        <source>Undo: being undone</source>
        <translation>Zurücknehmen: wird zurückgenommen</translation>
    </message>
    <message>
        <source>Apply: state not known</source>
        <translation>Anwenden: Stand nicht bekannt</translation>
    </message>
    <message>
        <source>Stop: state not known</source>
        <translation>Anhalten: Stand nicht bekannt</translation>
    </message>
    <message>
        <source>Undo: state not known</source>
        <translation>Zurücknehmen: Stand nicht bekannt</translation>
    </message>
    <message>
        <source>Table %1 has %2 rows: “binnacle-load seed --rows 500000” fills it, so that there is something to watch.</source>
        <translation>Tabelle %1 hat %2 Zeilen: „binnacle-load seed --rows 500000“ füllt sie, damit es etwas zu sehen gibt.</translation>
    </message>
</context>
<context>
    <name>Notes</name>
    <message>
        <source>The notes could not be read. They were set aside as %1.</source>
        <translation>Die Notizen waren nicht lesbar. Sie wurden als %1 beiseitegelegt.</translation>
    </message>
    <message>
        <source>The notes in %1 could not be read nor set aside.</source>
        <translation>Die Notizen in %1 waren nicht lesbar und ließen sich nicht beiseitelegen.</translation>
    </message>
</context>
<context>
    <name>NumberText</name>
    <message>
        <source>min</source>
        <translation>min</translation>
    </message>
    <message>
        <source>ms</source>
        <translation>ms</translation>
    </message>
    <message>
        <source>s</source>
        <translation>s</translation>
    </message>
    <message>
        <source>unchanged</source>
        <translation>unverändert</translation>
    </message>
    <message>
        <source>new</source>
        <translation>neu</translation>
    </message>
</context>
<context>
    <name>Page</name>
    <message>
        <source>Overview</source>
        <translation>Überblick</translation>
    </message>
    <message>
        <source>Observe</source>
        <translation>Beobachten</translation>
    </message>
    <message>
        <source>Latency</source>
        <translation>Latenz</translation>
    </message>
    <message>
        <source>Traffic</source>
        <translation>Verkehr</translation>
    </message>
    <message>
        <source>Cache</source>
        <translation>Cache</translation>
    </message>
    <message>
        <source>Pools</source>
        <translation>Pools</translation>
    </message>
    <message>
        <source>Database</source>
        <translation>Datenbank</translation>
    </message>
    <message>
        <source>Locks</source>
        <translation>Sperren</translation>
    </message>
    <message>
        <source>Canary</source>
        <translation>Canary</translation>
    </message>
    <message>
        <source>Steer</source>
        <translation>Steuern</translation>
    </message>
    <message>
        <source>Degradation</source>
        <translation>Degradation</translation>
    </message>
    <message>
        <source>Migrations</source>
        <translation>Migrationen</translation>
    </message>
    <message>
        <source>Connections</source>
        <translation>Verbindungen</translation>
    </message>
    <message>
        <source>Understand</source>
        <translation>Verstehen</translation>
    </message>
</context>
<context>
    <name>PageSentence</name>
    <message>
        <source>The service</source>
        <translation>Der Dienst</translation>
    </message>
    <message>
        <source>%1 is not among what is watched.</source>
        <translation>%1 gehört nicht zu dem, was beobachtet wird.</translation>
    </message>
    <message>
        <source>Waiting for the first answer of %1.</source>
        <translation>Warten auf die erste Antwort von %1.</translation>
    </message>
    <message>
        <source>%1 stopped answering %2 ago.</source>
        <translation>%1 antwortet seit %2 nicht mehr.</translation>
    </message>
    <message>
        <source>%1 refuses to be read.</source>
        <translation>%1 verweigert das Lesen.</translation>
    </message>
    <message>
        <source>%1 gives answers that are not understood.</source>
        <translation>%1 gibt unverständliche Antworten.</translation>
    </message>
    <message>
        <source>%1 answers late.</source>
        <translation>%1 antwortet verspätet.</translation>
    </message>
    <message>
        <source>The last answer is %1 old; it stands here until the next.</source>
        <translation>Die letzte Antwort ist %1 alt; sie steht hier bis zur nächsten.</translation>
    </message>
</context>
<context>
    <name>Palette</name>
    <message>
        <source>Chosen already</source>
        <translation>schon gewählt</translation>
    </message>
    <message>
        <source>a choice of this page</source>
        <translation>eine Auswahl dieser Seite</translation>
    </message>
    <message>
        <source>a part of that page</source>
        <translation>ein Teil dieser Seite</translation>
    </message>
    <message>
        <source>without %1</source>
        <translation>ohne %1</translation>
    </message>
    <message>
        <source>normal</source>
        <translation>normal</translation>
    </message>
    <message>
        <source>emergency</source>
        <translation>Notbetrieb</translation>
    </message>
    <message>
        <source>level %1</source>
        <translation>Stufe %1</translation>
    </message>
    <message>
        <source>no user to the canary</source>
        <translation>kein Nutzer zum Canary</translation>
    </message>
    <message>
        <source>of all users</source>
        <translation>aller Nutzer</translation>
    </message>
    <message>
        <source>Its state is not known now</source>
        <translation>Ihr Zustand ist jetzt nicht bekannt</translation>
    </message>
    <message>
        <source>It does not run</source>
        <translation>Sie läuft nicht</translation>
    </message>
    <message>
        <source>It runs just now</source>
        <translation>Sie läuft gerade</translation>
    </message>
    <message>
        <source>It is applied already</source>
        <translation>Sie ist schon angewandt</translation>
    </message>
    <message>
        <source>It is not applied</source>
        <translation>Sie ist nicht angewandt</translation>
    </message>
    <message>
        <source>It is out of rotation already</source>
        <translation>Sie ist schon herausgenommen</translation>
    </message>
    <message>
        <source>It is in rotation already</source>
        <translation>Sie ist schon in Rotation</translation>
    </message>
    <message>
        <source>key of the slow command %1</source>
        <translation>Schlüssel des langsamen Befehls %1</translation>
    </message>
    <message>
        <source>as a tag</source>
        <translation>als Tag</translation>
    </message>
    <message>
        <source>as a key; a tag is written “tag NAME”</source>
        <translation>als Schlüssel; ein Tag wird „tag NAME“ geschrieben</translation>
    </message>
    <message>
        <source>No query runs in it</source>
        <translation>Keine Abfrage läuft darin</translation>
    </message>
    <message>
        <source>Which session</source>
        <translation>Welche Sitzung</translation>
    </message>
    <message>
        <source>Key, or tag NAME</source>
        <translation>Schlüssel oder tag NAME</translation>
    </message>
    <message>
        <source>Which instance</source>
        <translation>Welche Instanz</translation>
    </message>
    <message>
        <source>Which pool</source>
        <translation>Welcher Pool</translation>
    </message>
    <message>
        <source>Which migration</source>
        <translation>Welche Migration</translation>
    </message>
    <message>
        <source>Which level</source>
        <translation>Welche Stufe</translation>
    </message>
    <message>
        <source>Share of users, in percent</source>
        <translation>Anteil der Nutzer, in Prozent</translation>
    </message>
    <message>
        <source>Connections, 1 to 1000</source>
        <translation>Verbindungen, 1 bis 1000</translation>
    </message>
    <message>
        <source>can be taken back</source>
        <translation>lässt sich zurücknehmen</translation>
    </message>
    <message>
        <source>its effect ends by itself</source>
        <translation>die Wirkung endet von selbst</translation>
    </message>
    <message>
        <source>can&apos;t be taken back</source>
        <translation>lässt sich nicht zurücknehmen</translation>
    </message>
    <message>
        <source>low</source>
        <translation>gering</translation>
    </message>
    <message>
        <source>medium</source>
        <translation>mittel</translation>
    </message>
    <message>
        <source>high</source>
        <translation>hoch</translation>
    </message>
    <message>
        <source>risk %1, %2</source>
        <translation>Risiko %1, %2</translation>
    </message>
    <message>
        <source>Risk</source>
        <translation>Risiko</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Zurücknehmen</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>Rolle</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Enter</translation>
    </message>
    <message>
        <source>asks what it is about</source>
        <translation>fragt, worum es geht</translation>
    </message>
    <message>
        <source>opens the preview; nothing is done before it is confirmed</source>
        <translation>öffnet die Vorschau; vor dem Bestätigen wird nichts getan</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>Seiten</translation>
    </message>
    <message>
        <source>Actions</source>
        <translation>Aktionen</translation>
    </message>
    <message>
        <source>On this page</source>
        <translation>Auf dieser Seite</translation>
    </message>
    <message>
        <source>Stack</source>
        <translation>Stack</translation>
    </message>
    <message>
        <source>Window and time</source>
        <translation>Fenster und Zeit</translation>
    </message>
    <message>
        <source>Routes</source>
        <translation>Routen</translation>
    </message>
    <message>
        <source>Sessions</source>
        <translation>Sitzungen</translation>
    </message>
    <message>
        <source>Statements</source>
        <translation>Anweisungen</translation>
    </message>
    <message>
        <source>Instances and servers</source>
        <translation>Instanzen und Server</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Schlüssel</translation>
    </message>
    <message>
        <source>Acts to take back</source>
        <translation>Zurücknehmbare Aktionen</translation>
    </message>
    <message>
        <source>PID %1  %2</source>
        <translation>PID %1  %2</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>Server</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Waits for</source>
        <translation>Wartet auf</translation>
    </message>
    <message>
        <source>Database</source>
        <translation>Datenbank</translation>
    </message>
    <message>
        <source>Transaction</source>
        <translation>Transaktion</translation>
    </message>
    <message>
        <source>Blocked by</source>
        <translation>Blockiert von</translation>
    </message>
    <message numerus="yes">
        <source>%n session(s)</source>
        <translation>
            <numerusform>%n Sitzung</numerusform>
            <numerusform>%n Sitzungen</numerusform>
        </translation>
    </message>
    <message>
        <source>Statement</source>
        <translation>Anweisung</translation>
    </message>
    <message>
        <source>key of the slow command %1; Enter previews its invalidation</source>
        <translation>Schlüssel des langsamen Befehls %1; Enter zeigt die Vorschau seiner Invalidierung</translation>
    </message>
    <message>
        <source>Take back #%1: %2…</source>
        <translation>#%1 zurücknehmen: %2…</translation>
    </message>
    <message>
        <source>%1 calls</source>
        <translation>%1 Aufrufe</translation>
    </message>
    <message>
        <source>Statement %1</source>
        <translation>Anweisung %1</translation>
    </message>
    <message>
        <source>a button of this page</source>
        <translation>ein Knopf dieser Seite</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>Jetzt nicht</translation>
    </message>
    <message>
        <source>%1: go there</source>
        <translation>%1: hingehen</translation>
    </message>
    <message>
        <source>a table of this page</source>
        <translation>eine Tabelle dieser Seite</translation>
    </message>
    <message>
        <source>p99 %1, %2 requests in 30 s</source>
        <translation>p99 %1, %2 Anfragen in 30 s</translation>
    </message>
    <message>
        <source>shows it among the routes of Latency</source>
        <translation>zeigt sie unter den Routen von Latenz</translation>
    </message>
    <message>
        <source>%1, age %2</source>
        <translation>%1, Alter %2</translation>
    </message>
    <message>
        <source>in rotation</source>
        <translation>in Rotation</translation>
    </message>
    <message>
        <source>out of rotation</source>
        <translation>nicht in Rotation</translation>
    </message>
    <message>
        <source>No demo traffic belongs to what is watched</source>
        <translation>Zu dem, was beobachtet wird, gehört keine Demolast</translation>
    </message>
    <message>
        <source>It is changing just now</source>
        <translation>Sie wechselt gerade</translation>
    </message>
    <message>
        <source>Start demo traffic</source>
        <translation>Demolast starten</translation>
    </message>
    <message>
        <source>About 50 requests per second against the bundled stack</source>
        <translation>Etwa 50 Anfragen pro Sekunde an den mitgelieferten Stack</translation>
    </message>
    <message>
        <source>It runs already</source>
        <translation>Sie läuft schon</translation>
    </message>
    <message>
        <source>Stop demo traffic</source>
        <translation>Demolast anhalten</translation>
    </message>
    <message>
        <source>The stack goes on without requests</source>
        <translation>Der Stack läuft ohne Anfragen weiter</translation>
    </message>
    <message>
        <source>It is stopped already</source>
        <translation>Sie ist schon angehalten</translation>
    </message>
    <message>
        <source>Start the bundled stack</source>
        <translation>Mitgelieferten Stack starten</translation>
    </message>
    <message>
        <source>Servers, instances and demo traffic on this machine</source>
        <translation>Server, Instanzen und Demolast auf diesem Rechner</translation>
    </message>
    <message>
        <source>What is watched runs already</source>
        <translation>Was beobachtet wird, läuft schon</translation>
    </message>
    <message>
        <source>Not now: %1</source>
        <translation>Jetzt nicht: %1</translation>
    </message>
    <message>
        <source>Invalidate %1…</source>
        <translation>%1 verwerfen…</translation>
    </message>
    <message>
        <source>the cached value of that key; Enter previews it</source>
        <translation>der zwischengespeicherte Wert dieses Schlüssels; Enter zeigt die Vorschau</translation>
    </message>
    <message>
        <source>key that %1 invalidated; Enter previews it again</source>
        <translation>Schlüssel, den %1 verworfen hat; Enter zeigt die Vorschau wieder</translation>
    </message>
    <message>
        <source>Alerts</source>
        <translation>Alarme</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Wert</translation>
    </message>
    <message>
        <source>Limit</source>
        <translation>Grenze</translation>
    </message>
    <message>
        <source>Means</source>
        <translation>Bedeutet</translation>
    </message>
    <message>
        <source>opens the page that shows more of it</source>
        <translation>öffnet die Seite, die mehr davon zeigt</translation>
    </message>
    <message>
        <source>Do not tell alerts on the desktop</source>
        <translation>Alarme nicht auf dem Desktop melden</translation>
    </message>
    <message>
        <source>Tell alerts on the desktop</source>
        <translation>Alarme auf dem Desktop melden</translation>
    </message>
    <message>
        <source>They are told now</source>
        <translation>Sie werden jetzt gemeldet</translation>
    </message>
    <message>
        <source>They are not told now</source>
        <translation>Sie werden jetzt nicht gemeldet</translation>
    </message>
    <message>
        <source>No sound for alerts</source>
        <translation>Kein Ton für Alarme</translation>
    </message>
    <message>
        <source>A sound for alerts</source>
        <translation>Ein Ton für Alarme</translation>
    </message>
    <message>
        <source>They are heard now</source>
        <translation>Sie sind jetzt zu hören</translation>
    </message>
    <message>
        <source>They are not heard now</source>
        <translation>Sie sind jetzt nicht zu hören</translation>
    </message>
</context>
<context>
    <name>Panel</name>
    <message>
        <source>as of %1</source>
        <translation>Stand %1</translation>
    </message>
    <message>
        <source>still trying</source>
        <translation>neuer Versuch läuft</translation>
    </message>
    <message>
        <source>was %1 at %2</source>
        <translation>war %1 um %2</translation>
    </message>
    <message>
        <source>no value before</source>
        <translation>kein Wert davor</translation>
    </message>
    <message>
        <source>Nothing is kept of that time</source>
        <translation>Aus dieser Zeit ist nichts aufbewahrt</translation>
    </message>
    <message>
        <source>From %1, %2 old</source>
        <translation>Von %1, %2 alt</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 bis %2</translation>
    </message>
    <message>
        <source>last %1</source>
        <translation>letzte %1</translation>
    </message>
    <message>
        <source>next try in %1</source>
        <translation>nächster Versuch in %1</translation>
    </message>
</context>
<context>
    <name>PanelState</name>
    <message>
        <source>nothing to show</source>
        <translation>nichts zu zeigen</translation>
    </message>
    <message>
        <source>waiting for the first answer</source>
        <translation>wartet auf die erste Antwort</translation>
    </message>
    <message>
        <source>live</source>
        <translation>live</translation>
    </message>
    <message>
        <source>late</source>
        <translation>verspätet</translation>
    </message>
    <message>
        <source>no data</source>
        <translation>keine Daten</translation>
    </message>
    <message>
        <source>denied</source>
        <translation>verweigert</translation>
    </message>
    <message>
        <source>reply not understood</source>
        <translation>Antwort nicht verstanden</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>angehalten</translation>
    </message>
    <message>
        <source>replay</source>
        <translation>Wiedergabe</translation>
    </message>
</context>
<context>
    <name>Plot</name>
    <message>
        <source>no data %1</source>
        <translation>keine Daten %1</translation>
    </message>
</context>
<context>
    <name>PoolSizing</name>
    <message>
        <source>%1 connections are needed on average and the database works on about %2 at once: a larger pool will not help, shorter transactions or more cores will.</source>
        <translation>Im Mittel werden %1 Verbindungen gebraucht, und die Datenbank arbeitet an etwa %2 zugleich: Ein größerer Pool hilft nicht, kürzere Transaktionen oder mehr Kerne schon.</translation>
    </message>
    <message>
        <source>%1 connections are needed on average, %2 with bursts; the database works on about %3 at once.</source>
        <translation>Im Mittel werden %1 Verbindungen gebraucht, %2 bei Stößen; die Datenbank arbeitet an etwa %3 zugleich.</translation>
    </message>
    <message>
        <source>The pool of %1 is too small: %2 connections are needed on average, and what waits grows without end.</source>
        <translation>Der Pool von %1 ist zu klein: Im Mittel werden %2 Verbindungen gebraucht, und die Schlange wächst ohne Ende.</translation>
    </message>
    <message>
        <source>The pool of %1 covers the average of %2, not bursts up to %3: expect short waits.</source>
        <translation>Der Pool von %1 deckt den Mittelwert %2, nicht Stöße bis %3: Kurze Wartezeiten sind zu erwarten.</translation>
    </message>
    <message>
        <source>The pool of %1 covers bursts up to %2. It lets in more than the %3 that the database works on at once: in a rush each of them becomes slower.</source>
        <translation>Der Pool von %1 deckt Stöße bis %2. Er lässt mehr ein als die %3, an denen die Datenbank zugleich arbeitet: Im Andrang wird jede davon langsamer.</translation>
    </message>
    <message>
        <source>The pool of %1 covers the average of %2 and bursts up to %3, and the database can work on all of it at once.</source>
        <translation>Der Pool von %1 deckt den Mittelwert %2 und Stöße bis %3, und die Datenbank kann an allem zugleich arbeiten.</translation>
    </message>
</context>
<context>
    <name>RequestPath</name>
    <message>
        <source>Clients</source>
        <translation>Clients</translation>
    </message>
    <message>
        <source>req/s</source>
        <translation>Anfr./s</translation>
    </message>
    <message>
        <source>%1 connections</source>
        <translation>%1 Verbindungen</translation>
    </message>
    <message>
        <source>in queue</source>
        <translation>in der Schlange</translation>
    </message>
    <message>
        <source>retries %1</source>
        <translation>Wiederholungen %1</translation>
    </message>
    <message>
        <source>in flight</source>
        <translation>in Arbeit</translation>
    </message>
    <message>
        <source>CPU %1</source>
        <translation>CPU %1</translation>
    </message>
    <message>
        <source>out of rotation</source>
        <translation>nicht in Rotation</translation>
    </message>
    <message>
        <source>of %1 servers busy</source>
        <translation>von %1 Servern belegt</translation>
    </message>
    <message>
        <source>servers busy</source>
        <translation>Server belegt</translation>
    </message>
    <message>
        <source>, max %1</source>
        <translation>, höchstens %1</translation>
    </message>
    <message>
        <source>%1 queries, none waits</source>
        <translation>%1 Abfragen, keine wartet</translation>
    </message>
    <message>
        <source>% of reads hit</source>
        <translation>% Lesetreffer</translation>
    </message>
    <message>
        <source>no lookups</source>
        <translation>keine Zugriffe</translation>
    </message>
    <message>
        <source>evicts %1, %2 of %3</source>
        <translation>verdrängt %1, %2 von %3</translation>
    </message>
    <message>
        <source>PostgreSQL primary</source>
        <translation>PostgreSQL-Primary</translation>
    </message>
    <message>
        <source>tx/s</source>
        <translation>Tx/s</translation>
    </message>
    <message>
        <source>%1 of %2 connections</source>
        <translation>%1 von %2 Verbindungen</translation>
    </message>
    <message>
        <source>streams</source>
        <translation>streamt</translation>
    </message>
    <message>
        <source>does not stream</source>
        <translation>streamt nicht</translation>
    </message>
    <message>
        <source>replay lag, paused</source>
        <translation>Replay-Rückstand, angehalten</translation>
    </message>
    <message>
        <source>replay lag</source>
        <translation>Replay-Rückstand</translation>
    </message>
    <message>
        <source>%1 to replay</source>
        <translation>%1 nachzuspielen</translation>
    </message>
    <message>
        <source>%1 waiting in app pools</source>
        <translation>%1 wartend in App-Pools</translation>
    </message>
</context>
<context>
    <name>ServerLanes</name>
    <message>
        <source>no such server</source>
        <translation>kein solcher Server</translation>
    </message>
    <message>
        <source>two readings are needed</source>
        <translation>zwei Messungen sind nötig</translation>
    </message>
    <message>
        <source>not told by this server</source>
        <translation>von diesem Server nicht gemeldet</translation>
    </message>
</context>
<context>
    <name>Settings</name>
    <message>
        <source>The settings could not be read. They were set aside as %1, and defaults are in use.</source>
        <translation>Die Einstellungen waren nicht lesbar. Sie wurden als %1 beiseitegelegt; es gelten die Vorgaben.</translation>
    </message>
    <message>
        <source>The settings in %1 are of a later version. Defaults are in use, and what is chosen now is not kept.</source>
        <translation>Die Einstellungen in %1 sind von einer neueren Version. Es gelten die Vorgaben, und was jetzt gewählt wird, wird nicht behalten.</translation>
    </message>
    <message>
        <source>%1 is no file. Defaults are in use, and what is chosen now is not kept.</source>
        <translation>%1 ist keine Datei. Es gelten die Vorgaben, und was jetzt gewählt wird, wird nicht behalten.</translation>
    </message>
    <message>
        <source>The settings in %1 could not be read nor set aside. Defaults are in use, and what is chosen now is not kept.</source>
        <translation>Die Einstellungen in %1 waren nicht lesbar und ließen sich nicht beiseitelegen. Es gelten die Vorgaben, und was jetzt gewählt wird, wird nicht behalten.</translation>
    </message>
    <message>
        <source>Something else wrote into the settings. That was set aside as %1, and they were written again.</source>
        <translation>Etwas anderes schrieb in die Einstellungen. Das wurde als %1 beiseitegelegt, und sie wurden neu geschrieben.</translation>
    </message>
    <message>
        <source>The settings in %1 are not ours any more. What is chosen now is not kept.</source>
        <translation>Die Einstellungen in %1 sind nicht mehr unsere. Was jetzt gewählt wird, wird nicht behalten.</translation>
    </message>
    <message>
        <source>The settings can&apos;t be written to %1. What is chosen now is not kept.</source>
        <translation>Die Einstellungen lassen sich nicht nach %1 schreiben. Was jetzt gewählt wird, wird nicht behalten.</translation>
    </message>
</context>
<context>
    <name>Share</name>
    <message>
        <source>Write a number from 0 to 100 with at most two digits after the point, such as 2.5.</source>
        <translation>Eine Zahl von 0 bis 100 mit höchstens zwei Stellen nach dem Komma, etwa 2,5.</translation>
    </message>
</context>
<context>
    <name>StateStep</name>
    <message>
        <source>Copy %1</source>
        <translation>%1 kopieren</translation>
    </message>
    <message>
        <source>Retry now</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Connections…</source>
        <translation>Verbindungen…</translation>
    </message>
    <message>
        <source>Copy report</source>
        <translation>Bericht kopieren</translation>
    </message>
    <message>
        <source>Replay from here (Shift+R)</source>
        <translation>Wiedergabe ab hier (Shift+R)</translation>
    </message>
</context>
<context>
    <name>StateWords</name>
    <message>
        <source>Nothing to show</source>
        <translation>Nichts zu zeigen</translation>
    </message>
    <message>
        <source>Looked %1 ago. This is a fact, not a gap.</source>
        <translation>Vor %1 nachgesehen. Das ist ein Befund, keine Lücke.</translation>
    </message>
    <message>
        <source>Waiting for the first two samples</source>
        <translation>Warten auf die ersten zwei Messungen</translation>
    </message>
    <message>
        <source>rates need two; about 1 s</source>
        <translation>Raten brauchen zwei; etwa 1 s</translation>
    </message>
    <message>
        <source>last sample %1 ago</source>
        <translation>letzte Messung vor %1</translation>
    </message>
    <message>
        <source>late</source>
        <translation>verspätet</translation>
    </message>
    <message>
        <source>still trying</source>
        <translation>neuer Versuch läuft</translation>
    </message>
    <message>
        <source>No data yet</source>
        <translation>Noch keine Daten</translation>
    </message>
    <message>
        <source>no data since</source>
        <translation>keine Daten seit</translation>
    </message>
    <message>
        <source>Not allowed to read this</source>
        <translation>Lesen nicht erlaubt</translation>
    </message>
    <message>
        <source>reply not understood</source>
        <translation>Antwort nicht verstanden</translation>
    </message>
    <message>
        <source> reply not understood</source>
        <translation> Antwort nicht verstanden</translation>
    </message>
    <message>
        <source>view stopped</source>
        <translation>Ansicht angehalten</translation>
    </message>
    <message>
        <source>view stopped %1</source>
        <translation>Ansicht angehalten %1</translation>
    </message>
    <message>
        <source>No data now</source>
        <translation>Jetzt keine Daten</translation>
    </message>
</context>
<context>
    <name>Table</name>
    <message>
        <source>Calls /s</source>
        <translation>Aufrufe /s</translation>
    </message>
    <message>
        <source>Mean</source>
        <translation>Mittel</translation>
    </message>
    <message>
        <source>Open for</source>
        <translation>Offen seit</translation>
    </message>
    <message>
        <source>Waits for</source>
        <translation>Wartet auf</translation>
    </message>
    <message>
        <source>Statement</source>
        <translation>Anweisung</translation>
    </message>
    <message>
        <source>Transaction</source>
        <translation>Transaktion</translation>
    </message>
    <message>
        <source>Time per second</source>
        <translation>Zeit pro Sekunde</translation>
    </message>
    <message>
        <source>Calls/s</source>
        <translation>Aufrufe/s</translation>
    </message>
    <message>
        <source>Mean, all</source>
        <translation>Mittel, alle</translation>
    </message>
    <message>
        <source>Rows/s</source>
        <translation>Zeilen/s</translation>
    </message>
    <message>
        <source>Blocks read/s</source>
        <translation>Blöcke gelesen/s</translation>
    </message>
    <message>
        <source>WAL/s</source>
        <translation>WAL/s</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Dead space</source>
        <translation>Toter Platz</translation>
    </message>
    <message>
        <source>Vacuum due</source>
        <translation>Vacuum fällig</translation>
    </message>
    <message>
        <source>Vacuumed</source>
        <translation>Vacuum</translation>
    </message>
    <message>
        <source>Analyzed</source>
        <translation>Analyze</translation>
    </message>
    <message>
        <source>Oldest row</source>
        <translation>Älteste Zeile</translation>
    </message>
    <message>
        <source>Seq scans/s</source>
        <translation>Seq-Scans/s</translation>
    </message>
    <message>
        <source>Index scans/s</source>
        <translation>Index-Scans/s</translation>
    </message>
    <message>
        <source>HOT</source>
        <translation>HOT</translation>
    </message>
    <message>
        <source>Scans/s</source>
        <translation>Scans/s</translation>
    </message>
    <message>
        <source>Entries/s</source>
        <translation>Einträge/s</translation>
    </message>
    <message>
        <source>p50, 5 min</source>
        <translation>p50, 5 min</translation>
    </message>
    <message>
        <source>p95</source>
        <translation>p95</translation>
    </message>
    <message>
        <source>Longest</source>
        <translation>Längste</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>So far</source>
        <translation>Bisher</translation>
    </message>
    <message>
        <source>Commits/s</source>
        <translation>Commits/s</translation>
    </message>
    <message>
        <source>Rollbacks/s</source>
        <translation>Rollbacks/s</translation>
    </message>
    <message>
        <source>From the cache</source>
        <translation>Aus dem Cache</translation>
    </message>
    <message>
        <source>Rows read/s</source>
        <translation>Zeilen gelesen/s</translation>
    </message>
    <message>
        <source>Rows written/s</source>
        <translation>Zeilen geschrieben/s</translation>
    </message>
    <message>
        <source>Temporary/s</source>
        <translation>Temporär/s</translation>
    </message>
    <message>
        <source>1xx</source>
        <translation>1xx</translation>
    </message>
    <message>
        <source>2xx</source>
        <translation>2xx</translation>
    </message>
    <message>
        <source>3xx</source>
        <translation>3xx</translation>
    </message>
    <message>
        <source>4xx</source>
        <translation>4xx</translation>
    </message>
    <message>
        <source>5xx</source>
        <translation>5xx</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>Age of oldest row</source>
        <translation>Alter der ältesten Zeile</translation>
    </message>
    <message>
        <source>Application</source>
        <translation>Anwendung</translation>
    </message>
    <message>
        <source>Arguments</source>
        <translation>Argumente</translation>
    </message>
    <message>
        <source>At</source>
        <translation>Um</translation>
    </message>
    <message>
        <source>Behind</source>
        <translation>Rückstand</translation>
    </message>
    <message>
        <source>Behind, longest</source>
        <translation>Rückstand, längster</translation>
    </message>
    <message>
        <source>Behind, p50</source>
        <translation>Rückstand, p50</translation>
    </message>
    <message>
        <source>Behind, p95</source>
        <translation>Rückstand, p95</translation>
    </message>
    <message>
        <source>Blocked by</source>
        <translation>Blockiert von</translation>
    </message>
    <message>
        <source>Blocking tree</source>
        <translation>Blockierbaum</translation>
    </message>
    <message>
        <source>Blocks from the cache</source>
        <translation>Blöcke aus dem Cache</translation>
    </message>
    <message>
        <source>Blocks read</source>
        <translation>Gelesene Blöcke</translation>
    </message>
    <message>
        <source>Blocks read per second</source>
        <translation>Blöcke gelesen pro Sekunde</translation>
    </message>
    <message>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>Calls</source>
        <translation>Aufrufe</translation>
    </message>
    <message>
        <source>Calls per second</source>
        <translation>Aufrufe pro Sekunde</translation>
    </message>
    <message>
        <source>Calls since start</source>
        <translation>Aufrufe seit Start</translation>
    </message>
    <message>
        <source>Calls since the reading before</source>
        <translation>Aufrufe seit der Messung davor</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>Abgebrochen</translation>
    </message>
    <message>
        <source>Cancelled by replay</source>
        <translation>Durch Replay abgebrochen</translation>
    </message>
    <message>
        <source>Changed since analyze</source>
        <translation>Geändert seit Analyze</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>Prüfung</translation>
    </message>
    <message>
        <source>Check code</source>
        <translation>Prüfcode</translation>
    </message>
    <message>
        <source>Check took</source>
        <translation>Dauer der Prüfung</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>Klasse</translation>
    </message>
    <message>
        <source>Client</source>
        <translation>Client</translation>
    </message>
    <message>
        <source>Client name</source>
        <translation>Name des Clients</translation>
    </message>
    <message>
        <source>Clients of Redis</source>
        <translation>Clients von Redis</translation>
    </message>
    <message>
        <source>Clients of pgBouncer</source>
        <translation>Clients von pgBouncer</translation>
    </message>
    <message>
        <source>Clients waiting</source>
        <translation>Wartende Clients</translation>
    </message>
    <message>
        <source>Clients with a server</source>
        <translation>Clients mit Server</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>Befehl</translation>
    </message>
    <message>
        <source>Commands of Redis</source>
        <translation>Befehle von Redis</translation>
    </message>
    <message>
        <source>Commits per second</source>
        <translation>Commits pro Sekunde</translation>
    </message>
    <message>
        <source>Connected</source>
        <translation>Verbunden</translation>
    </message>
    <message>
        <source>Connected for</source>
        <translation>Verbunden seit</translation>
    </message>
    <message>
        <source>Connection limit</source>
        <translation>Verbindungsgrenze</translation>
    </message>
    <message>
        <source>Connections</source>
        <translation>Verbindungen</translation>
    </message>
    <message>
        <source>Counted in</source>
        <translation>Gezählt in</translation>
    </message>
    <message>
        <source>Database</source>
        <translation>Datenbank</translation>
    </message>
    <message>
        <source>Database on the server</source>
        <translation>Datenbank auf dem Server</translation>
    </message>
    <message>
        <source>Databases</source>
        <translation>Datenbanken</translation>
    </message>
    <message>
        <source>Databases of pgBouncer</source>
        <translation>Datenbanken von pgBouncer</translation>
    </message>
    <message>
        <source>Dead rows</source>
        <translation>Tote Zeilen</translation>
    </message>
    <message>
        <source>Dead rows against autovacuum&apos;s limit</source>
        <translation>Tote Zeilen zur Autovacuum-Grenze</translation>
    </message>
    <message>
        <source>Dead share</source>
        <translation>Toter Anteil</translation>
    </message>
    <message>
        <source>Dead space, estimated</source>
        <translation>Toter Platz, geschätzt</translation>
    </message>
    <message>
        <source>Deadlock</source>
        <translation>Deadlock</translation>
    </message>
    <message>
        <source>Deadlocks</source>
        <translation>Deadlocks</translation>
    </message>
    <message>
        <source>Definition</source>
        <translation>Definition</translation>
    </message>
    <message>
        <source>Deletes per second</source>
        <translation>Löschungen pro Sekunde</translation>
    </message>
    <message>
        <source>Denied</source>
        <translation>Abgewiesen</translation>
    </message>
    <message>
        <source>Depth</source>
        <translation>Tiefe</translation>
    </message>
    <message>
        <source>Disabled</source>
        <translation>Abgeschaltet</translation>
    </message>
    <message>
        <source>Done, share</source>
        <translation>Fertig, Anteil</translation>
    </message>
    <message>
        <source>Entries read per second</source>
        <translation>Einträge gelesen pro Sekunde</translation>
    </message>
    <message>
        <source>Entry</source>
        <translation>Eintrag</translation>
    </message>
    <message>
        <source>Event</source>
        <translation>Ereignis</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Fehlgeschlagen</translation>
    </message>
    <message>
        <source>Failed checks</source>
        <translation>Fehlgeschlagene Prüfungen</translation>
    </message>
    <message>
        <source>Failed connections</source>
        <translation>Fehlgeschlagene Verbindungen</translation>
    </message>
    <message>
        <source>Failed responses</source>
        <translation>Fehlgeschlagene Antworten</translation>
    </message>
    <message>
        <source>Flags</source>
        <translation>Flags</translation>
    </message>
    <message>
        <source>Flushed after</source>
        <translation>Auf Platte nach</translation>
    </message>
    <message>
        <source>Forced user</source>
        <translation>Erzwungener Benutzer</translation>
    </message>
    <message>
        <source>Frontends and backends</source>
        <translation>Frontends und Backends</translation>
    </message>
    <message>
        <source>Holds back vacuum</source>
        <translation>Hält Vacuum auf</translation>
    </message>
    <message>
        <source>Host</source>
        <translation>Host</translation>
    </message>
    <message>
        <source>Idle for</source>
        <translation>Untätig seit</translation>
    </message>
    <message>
        <source>In this state</source>
        <translation>In diesem Zustand</translation>
    </message>
    <message>
        <source>In use</source>
        <translation>In Gebrauch</translation>
    </message>
    <message>
        <source>Index</source>
        <translation>Index</translation>
    </message>
    <message>
        <source>Index scans</source>
        <translation>Index-Scans</translation>
    </message>
    <message>
        <source>Index scans per second</source>
        <translation>Index-Scans pro Sekunde</translation>
    </message>
    <message>
        <source>Indexes</source>
        <translation>Indexe</translation>
    </message>
    <message>
        <source>Inserts per second</source>
        <translation>Einfügungen pro Sekunde</translation>
    </message>
    <message>
        <source>Its WAL</source>
        <translation>Ihr WAL</translation>
    </message>
    <message>
        <source>Its indexes</source>
        <translation>Ihre Indexe</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Schlüssel</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>Kind of lock</source>
        <translation>Art der Sperre</translation>
    </message>
    <message>
        <source>Last analyze</source>
        <translation>Letztes Analyze</translation>
    </message>
    <message>
        <source>Last autovacuum</source>
        <translation>Letztes Autovacuum</translation>
    </message>
    <message>
        <source>Last command</source>
        <translation>Letzter Befehl</translation>
    </message>
    <message>
        <source>Last request</source>
        <translation>Letzte Anfrage</translation>
    </message>
    <message>
        <source>Last seen</source>
        <translation>Zuletzt gesehen</translation>
    </message>
    <message>
        <source>Last vacuum</source>
        <translation>Letztes Vacuum</translation>
    </message>
    <message>
        <source>Latency by command</source>
        <translation>Latenz nach Befehl</translation>
    </message>
    <message>
        <source>Latency events</source>
        <translation>Latenzereignisse</translation>
    </message>
    <message>
        <source>Latest</source>
        <translation>Letzte</translation>
    </message>
    <message>
        <source>Least pool size</source>
        <translation>Kleinste Poolgröße</translation>
    </message>
    <message>
        <source>Live rows</source>
        <translation>Lebende Zeilen</translation>
    </message>
    <message>
        <source>Load</source>
        <translation>Last</translation>
    </message>
    <message>
        <source>Lock wanted</source>
        <translation>Verlangte Sperre</translation>
    </message>
    <message>
        <source>Long work under way</source>
        <translation>Laufende lange Arbeiten</translation>
    </message>
    <message>
        <source>Longest queue</source>
        <translation>Längste Schlange</translation>
    </message>
    <message>
        <source>Longest wait</source>
        <translation>Längstes Warten</translation>
    </message>
    <message>
        <source>Mean lately</source>
        <translation>Mittel zuletzt</translation>
    </message>
    <message>
        <source>Mean query</source>
        <translation>Mittlere Abfrage</translation>
    </message>
    <message>
        <source>Mean time</source>
        <translation>Mittlere Zeit</translation>
    </message>
    <message>
        <source>Mean transaction</source>
        <translation>Mittlere Transaktion</translation>
    </message>
    <message>
        <source>Mean wait for a server</source>
        <translation>Mittleres Warten auf einen Server</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Speicher</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>Meldung</translation>
    </message>
    <message>
        <source>Mode</source>
        <translation>Modus</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Nested</source>
        <translation>Verschachtelt</translation>
    </message>
    <message>
        <source>Not flushed</source>
        <translation>Nicht auf Platte</translation>
    </message>
    <message>
        <source>Not replayed</source>
        <translation>Nicht nachgespielt</translation>
    </message>
    <message>
        <source>Not sent</source>
        <translation>Nicht gesendet</translation>
    </message>
    <message>
        <source>Not written</source>
        <translation>Nicht geschrieben</translation>
    </message>
    <message>
        <source>Of</source>
        <translation>Von</translation>
    </message>
    <message>
        <source>On</source>
        <translation>Auf</translation>
    </message>
    <message>
        <source>Other</source>
        <translation>Andere</translation>
    </message>
    <message>
        <source>PID</source>
        <translation>PID</translation>
    </message>
    <message>
        <source>PID at the server</source>
        <translation>PID am Server</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Angehalten</translation>
    </message>
    <message>
        <source>Phase</source>
        <translation>Phase</translation>
    </message>
    <message>
        <source>Plugin</source>
        <translation>Plugin</translation>
    </message>
    <message>
        <source>Pool mode</source>
        <translation>Poolmodus</translation>
    </message>
    <message>
        <source>Pool size</source>
        <translation>Poolgröße</translation>
    </message>
    <message>
        <source>Pools of pgBouncer</source>
        <translation>Pools von pgBouncer</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>Port</translation>
    </message>
    <message>
        <source>Primary key</source>
        <translation>Primärschlüssel</translation>
    </message>
    <message>
        <source>Process</source>
        <translation>Prozess</translation>
    </message>
    <message>
        <source>Processes of the stack</source>
        <translation>Prozesse des Stacks</translation>
    </message>
    <message>
        <source>Proxy</source>
        <translation>Proxy</translation>
    </message>
    <message>
        <source>Queries per second</source>
        <translation>Abfragen pro Sekunde</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>Schlange</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>Empfangen</translation>
    </message>
    <message>
        <source>Received from clients</source>
        <translation>Von Clients empfangen</translation>
    </message>
    <message>
        <source>Redispatches</source>
        <translation>Umleitungen</translation>
    </message>
    <message>
        <source>Rejected</source>
        <translation>Abgewiesen</translation>
    </message>
    <message>
        <source>Relation</source>
        <translation>Relation</translation>
    </message>
    <message>
        <source>Replayed after</source>
        <translation>Nachgespielt nach</translation>
    </message>
    <message>
        <source>Replication slots</source>
        <translation>Replikations-Slots</translation>
    </message>
    <message>
        <source>Requests</source>
        <translation>Anfragen</translation>
    </message>
    <message>
        <source>Requests per second</source>
        <translation>Anfragen pro Sekunde</translation>
    </message>
    <message>
        <source>Reserve</source>
        <translation>Reserve</translation>
    </message>
    <message>
        <source>Response time (mean of the last 1024)</source>
        <translation>Antwortzeit (Mittel der letzten 1024)</translation>
    </message>
    <message>
        <source>Restarts</source>
        <translation>Neustarts</translation>
    </message>
    <message>
        <source>Retries</source>
        <translation>Wiederholungen</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>Rolle</translation>
    </message>
    <message>
        <source>Rollbacks per second</source>
        <translation>Rollbacks pro Sekunde</translation>
    </message>
    <message>
        <source>Root PID</source>
        <translation>PID der Wurzel</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>Zeilen</translation>
    </message>
    <message>
        <source>Rows per second</source>
        <translation>Zeilen pro Sekunde</translation>
    </message>
    <message>
        <source>Rows read per second</source>
        <translation>Zeilen gelesen pro Sekunde</translation>
    </message>
    <message>
        <source>Rows scanned per second</source>
        <translation>Zeilen durchsucht pro Sekunde</translation>
    </message>
    <message>
        <source>Rows written per second</source>
        <translation>Zeilen geschrieben pro Sekunde</translation>
    </message>
    <message>
        <source>Runs for</source>
        <translation>Läuft seit</translation>
    </message>
    <message>
        <source>Scans</source>
        <translation>Scans</translation>
    </message>
    <message>
        <source>Scans per second</source>
        <translation>Scans pro Sekunde</translation>
    </message>
    <message>
        <source>Schema</source>
        <translation>Schema</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>Gesendet</translation>
    </message>
    <message>
        <source>Sent to clients</source>
        <translation>An Clients gesendet</translation>
    </message>
    <message>
        <source>Sequential scans</source>
        <translation>Sequenzielle Scans</translation>
    </message>
    <message>
        <source>Sequential scans per second</source>
        <translation>Sequenzielle Scans pro Sekunde</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>Server</translation>
    </message>
    <message>
        <source>Server connection</source>
        <translation>Serververbindung</translation>
    </message>
    <message>
        <source>Server connections of pgBouncer</source>
        <translation>Serververbindungen von pgBouncer</translation>
    </message>
    <message>
        <source>Servers behind HAProxy</source>
        <translation>Server hinter HAProxy</translation>
    </message>
    <message>
        <source>Servers being checked</source>
        <translation>Server in Prüfung</translation>
    </message>
    <message>
        <source>Servers busy</source>
        <translation>Server belegt</translation>
    </message>
    <message>
        <source>Servers idle</source>
        <translation>Server frei</translation>
    </message>
    <message>
        <source>Servers logging in</source>
        <translation>Server bei der Anmeldung</translation>
    </message>
    <message>
        <source>Servers to be checked</source>
        <translation>Zu prüfende Server</translation>
    </message>
    <message>
        <source>Servers up</source>
        <translation>Server verfügbar</translation>
    </message>
    <message>
        <source>Session age</source>
        <translation>Alter der Sitzung</translation>
    </message>
    <message>
        <source>Session limit</source>
        <translation>Sitzungsgrenze</translation>
    </message>
    <message>
        <source>Session since</source>
        <translation>Sitzung seit</translation>
    </message>
    <message>
        <source>Sessions</source>
        <translation>Sitzungen</translation>
    </message>
    <message>
        <source>Sessions behind it</source>
        <translation>Sitzungen dahinter</translation>
    </message>
    <message>
        <source>Sessions in the last second</source>
        <translation>Sitzungen in der letzten Sekunde</translation>
    </message>
    <message>
        <source>Side</source>
        <translation>Seite</translation>
    </message>
    <message>
        <source>Size in all</source>
        <translation>Größe insgesamt</translation>
    </message>
    <message>
        <source>Slot</source>
        <translation>Slot</translation>
    </message>
    <message>
        <source>Slow commands</source>
        <translation>Langsame Befehle</translation>
    </message>
    <message>
        <source>Standby</source>
        <translation>Standby</translation>
    </message>
    <message>
        <source>Standbys</source>
        <translation>Standbys</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Statement age</source>
        <translation>Alter der Anweisung</translation>
    </message>
    <message>
        <source>Statement id</source>
        <translation>Kennung der Anweisung</translation>
    </message>
    <message>
        <source>Statements</source>
        <translation>Anweisungen</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>Subscriptions</source>
        <translation>Abonnements</translation>
    </message>
    <message>
        <source>Synchronous</source>
        <translation>Synchron</translation>
    </message>
    <message>
        <source>TLS</source>
        <translation>TLS</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>Tabelle</translation>
    </message>
    <message>
        <source>Table alone</source>
        <translation>Nur die Tabelle</translation>
    </message>
    <message>
        <source>Tables</source>
        <translation>Tabellen</translation>
    </message>
    <message>
        <source>Temporary blocks</source>
        <translation>Temporäre Blöcke</translation>
    </message>
    <message>
        <source>Temporary files</source>
        <translation>Temporäre Dateien</translation>
    </message>
    <message>
        <source>Temporary files per second</source>
        <translation>Temporäre Dateien pro Sekunde</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Time in all</source>
        <translation>Zeit insgesamt</translation>
    </message>
    <message>
        <source>Time out of rotation</source>
        <translation>Zeit außer Rotation</translation>
    </message>
    <message>
        <source>Time reading</source>
        <translation>Lesezeit</translation>
    </message>
    <message>
        <source>Times down</source>
        <translation>Ausfälle</translation>
    </message>
    <message>
        <source>Times ejected</source>
        <translation>Ausschlüsse</translation>
    </message>
    <message>
        <source>Took</source>
        <translation>Dauer</translation>
    </message>
    <message>
        <source>Transaction age</source>
        <translation>Alter der Transaktion</translation>
    </message>
    <message>
        <source>Transaction since</source>
        <translation>Transaktion seit</translation>
    </message>
    <message>
        <source>Transactions per second</source>
        <translation>Transaktionen pro Sekunde</translation>
    </message>
    <message>
        <source>Unique</source>
        <translation>Eindeutig</translation>
    </message>
    <message>
        <source>Unreadable requests</source>
        <translation>Unlesbare Anfragen</translation>
    </message>
    <message>
        <source>Up to</source>
        <translation>Bis zu</translation>
    </message>
    <message>
        <source>Updates per second</source>
        <translation>Änderungen pro Sekunde</translation>
    </message>
    <message>
        <source>Updates within the page</source>
        <translation>Änderungen innerhalb der Seite</translation>
    </message>
    <message>
        <source>Used by PID</source>
        <translation>Benutzt von PID</translation>
    </message>
    <message>
        <source>User</source>
        <translation>Benutzer</translation>
    </message>
    <message>
        <source>Valid</source>
        <translation>Gültig</translation>
    </message>
    <message>
        <source>WAL</source>
        <translation>WAL</translation>
    </message>
    <message>
        <source>WAL kept for it</source>
        <translation>Dafür aufbewahrtes WAL</translation>
    </message>
    <message>
        <source>WAL per second</source>
        <translation>WAL pro Sekunde</translation>
    </message>
    <message>
        <source>WAL until it is lost</source>
        <translation>WAL bis zum Verlust</translation>
    </message>
    <message>
        <source>Wait event</source>
        <translation>Warteereignis</translation>
    </message>
    <message>
        <source>Waiting for</source>
        <translation>Wartet auf</translation>
    </message>
    <message>
        <source>Waits for PID</source>
        <translation>Wartet auf PID</translation>
    </message>
    <message>
        <source>Weight in force</source>
        <translation>Geltendes Gewicht</translation>
    </message>
    <message>
        <source>Weight set</source>
        <translation>Gesetztes Gewicht</translation>
    </message>
    <message>
        <source>Work</source>
        <translation>Arbeit</translation>
    </message>
    <message>
        <source>Written after</source>
        <translation>Geschrieben nach</translation>
    </message>
    <message>
        <source>p50 since start</source>
        <translation>p50 seit Start</translation>
    </message>
    <message>
        <source>p99 since start</source>
        <translation>p99 seit Start</translation>
    </message>
    <message>
        <source>p99.9 since start</source>
        <translation>p99,9 seit Start</translation>
    </message>
    <message>
        <source>Endpoint</source>
        <translation>Endpunkt</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>Stufe</translation>
    </message>
    <message>
        <source>Hits, 30 s</source>
        <translation>Treffer, 30 s</translation>
    </message>
    <message>
        <source>Of all lookups</source>
        <translation>Von allen Zugriffen</translation>
    </message>
    <message>
        <source>Lookups /s</source>
        <translation>Zugriffe /s</translation>
    </message>
    <message>
        <source>Misses /s</source>
        <translation>Fehlzugriffe /s</translation>
    </message>
    <message>
        <source>Instance</source>
        <translation>Instanz</translation>
    </message>
    <message>
        <source>Saturation</source>
        <translation>Auslastung</translation>
    </message>
    <message>
        <source>Idle</source>
        <translation>Frei</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>Wartend</translation>
    </message>
    <message>
        <source>Taken /s</source>
        <translation>Genommen /s</translation>
    </message>
    <message>
        <source>Held</source>
        <translation>Gehalten</translation>
    </message>
    <message>
        <source>Wait p50</source>
        <translation>Warten p50</translation>
    </message>
    <message>
        <source>Wait p99</source>
        <translation>Warten p99</translation>
    </message>
    <message>
        <source>Timeouts /s</source>
        <translation>Timeouts /s</translation>
    </message>
    <message>
        <source>Logging in</source>
        <translation>Anmeldend</translation>
    </message>
    <message>
        <source>Clients served</source>
        <translation>Bediente Clients</translation>
    </message>
    <message>
        <source>Mean wait</source>
        <translation>Mittl. Warten</translation>
    </message>
    <message>
        <source>Transactions /s</source>
        <translation>Transaktionen /s</translation>
    </message>
    <message>
        <source>Backend</source>
        <translation>Backend</translation>
    </message>
    <message>
        <source>Weight</source>
        <translation>Gewicht</translation>
    </message>
    <message>
        <source>Pending</source>
        <translation>Ausstehend</translation>
    </message>
    <message>
        <source>req/s</source>
        <translation>Anfr./s</translation>
    </message>
    <message>
        <source>2xx, 3xx /s</source>
        <translation>2xx, 3xx /s</translation>
    </message>
    <message>
        <source>4xx /s</source>
        <translation>4xx /s</translation>
    </message>
    <message>
        <source>5xx /s</source>
        <translation>5xx /s</translation>
    </message>
    <message>
        <source>Retries /s</source>
        <translation>Wiederh. /s</translation>
    </message>
    <message>
        <source>Redisp. /s</source>
        <translation>Umleit. /s</translation>
    </message>
    <message>
        <source>Response</source>
        <translation>Antwort</translation>
    </message>
    <message>
        <source>Ejections</source>
        <translation>Ausschlüsse</translation>
    </message>
    <message>
        <source>Of session limit</source>
        <translation>Von Sitzungsgrenze</translation>
    </message>
    <message>
        <source>Denied /s</source>
        <translation>Abgewiesen /s</translation>
    </message>
    <message>
        <source>Load of the route</source>
        <translation>Last der Route</translation>
    </message>
    <message>
        <source>Route</source>
        <translation>Route</translation>
    </message>
    <message>
        <source>Share of the route&apos;s time</source>
        <translation>Anteil an der Zeit der Route</translation>
    </message>
    <message>
        <source>Statement shape</source>
        <translation>Form der Anweisung</translation>
    </message>
    <message>
        <source>Statements by route</source>
        <translation>Anweisungen nach Route</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>Sessions that run it</source>
        <translation>Sitzungen, die sie ausführen</translation>
    </message>
    <message>
        <source>Waiting for a lock</source>
        <translation>Warten: Sperre</translation>
    </message>
    <message>
        <source>Statements of the route</source>
        <translation>Anweisungen der Route</translation>
    </message>
    <message>
        <source>Of its time</source>
        <translation>Von ihrer Zeit</translation>
    </message>
    <message>
        <source>Run it now</source>
        <translation>Führen sie aus</translation>
    </message>
    <message>
        <source>Wait for a lock</source>
        <translation>Warten auf Sperre</translation>
    </message>
    <message>
        <source>p50 ≤</source>
        <translation>p50 ≤</translation>
    </message>
    <message>
        <source>p99 ≤</source>
        <translation>p99 ≤</translation>
    </message>
    <message>
        <source>p99.9 ≤</source>
        <translation>p99,9 ≤</translation>
    </message>
    <message>
        <source>Fail. /s</source>
        <translation>Gesch. /s</translation>
    </message>
    <message>
        <source>p50 of the last minute, at most</source>
        <translation>p50 der letzten Minute, höchstens</translation>
    </message>
    <message>
        <source>p99 of the last minute, at most</source>
        <translation>p99 der letzten Minute, höchstens</translation>
    </message>
    <message>
        <source>p99.9 of the last minute, at most</source>
        <translation>p99,9 der letzten Minute, höchstens</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Grund</translation>
    </message>
    <message>
        <source>Shed /s, 30 s</source>
        <translation>Abgewehrt /s, 30 s</translation>
    </message>
    <message>
        <source>Of its requests</source>
        <translation>Von ihren Anfragen</translation>
    </message>
    <message>
        <source>Shed /s, 5 min</source>
        <translation>Abgewehrt /s, 5 min</translation>
    </message>
    <message>
        <source>Rejected or failed per second</source>
        <translation>Abgewiesen oder gescheitert je Sekunde</translation>
    </message>
    <message>
        <source>Rejected or failed since start</source>
        <translation>Abgewiesen oder gescheitert seit dem Start</translation>
    </message>
</context>
<context>
    <name>TableExport</name>
    <message>
        <source>The table was saved as %1.</source>
        <translation>Die Tabelle wurde als %1 gespeichert.</translation>
    </message>
    <message>
        <source>The table was not written to %1: %2</source>
        <translation>Die Tabelle wurde nicht nach %1 geschrieben: %2</translation>
    </message>
    <message>
        <source>Save %1 as CSV</source>
        <translation>%1 als CSV speichern</translation>
    </message>
    <message>
        <source>CSV files (*.csv)</source>
        <translation>CSV-Dateien (*.csv)</translation>
    </message>
    <message>
        <source>Copy row</source>
        <translation>Zeile kopieren</translation>
    </message>
    <message>
        <source>Copy as CSV</source>
        <translation>Als CSV kopieren</translation>
    </message>
    <message>
        <source>Save as CSV…</source>
        <translation>Als CSV speichern…</translation>
    </message>
</context>
<context>
    <name>TableReading</name>
    <message>
        <source>Not available here</source>
        <translation>Hier nicht verfügbar</translation>
    </message>
    <message>
        <source>Not read yet</source>
        <translation>Noch nicht gelesen</translation>
    </message>
    <message>
        <source>The server answers, but has not told this since it is watched.</source>
        <translation>Der Server antwortet, hat dies aber seit Beginn der Beobachtung nicht gemeldet.</translation>
    </message>
    <message>
        <source>No data since %1</source>
        <translation>Keine Daten seit %1</translation>
    </message>
    <message>
        <source>No such source</source>
        <translation>Keine solche Quelle</translation>
    </message>
    <message>
        <source>Nothing of the name %1 is watched.</source>
        <translation>Nichts mit dem Namen %1 wird beobachtet.</translation>
    </message>
    <message>
        <source>try %1 in %2</source>
        <translation>Versuch %1 in %2</translation>
    </message>
    <message>
        <source>Rows are kept for %1 min; a click on the time line above plays from there.</source>
        <translation>Zeilen werden %1 min aufbewahrt; ein Klick auf die Zeitleiste oben spielt von dort ab.</translation>
    </message>
    <message>
        <source>Rows are kept for %1 min, and nothing records this place; binnaclectl record run does.</source>
        <translation>Zeilen werden %1 min aufbewahrt, und niemand zeichnet diesen Ort auf; binnaclectl record run tut es.</translation>
    </message>
    <message>
        <source>Rows are kept for %1 min, and the recording begins at %2.</source>
        <translation>Zeilen werden %1 min aufbewahrt, und die Aufzeichnung beginnt um %2.</translation>
    </message>
    <message>
        <source>Rows are kept for %1 min; the recording has them for longer.</source>
        <translation>Zeilen werden %1 min aufbewahrt; die Aufzeichnung hat sie länger.</translation>
    </message>
</context>
<context>
    <name>Tile</name>
    <message>
        <source>Budget</source>
        <translation>Budget</translation>
    </message>
    <message>
        <source>limit %1</source>
        <translation>Grenze %1</translation>
    </message>
    <message>
        <source>%1 to baseline</source>
        <translation>%1 zur Basis</translation>
    </message>
    <message>
        <source>Requests</source>
        <translation>Anfragen</translation>
    </message>
    <message>
        <source>Errors</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>5xx, last 5 s</source>
        <translation>5xx, letzte 5 s</translation>
    </message>
    <message>
        <source>p50</source>
        <translation>p50</translation>
    </message>
    <message>
        <source>p95</source>
        <translation>p95</translation>
    </message>
    <message>
        <source>p99</source>
        <translation>p99</translation>
    </message>
    <message>
        <source>p99.9</source>
        <translation>p99,9</translation>
    </message>
    <message>
        <source>Cache hits</source>
        <translation>Treffer</translation>
    </message>
    <message>
        <source>%1 points</source>
        <translation>%1 Punkte</translation>
    </message>
    <message>
        <source>Lag</source>
        <translation>Rückstand</translation>
    </message>
    <message>
        <source>%1, limit %2</source>
        <translation>%1, Grenze %2</translation>
    </message>
    <message>
        <source>Pools</source>
        <translation>Pools</translation>
    </message>
    <message>
        <source>%1, %2 wait</source>
        <translation>%1, %2 warten</translation>
    </message>
    <message>
        <source>Deadlocks</source>
        <translation>Deadlocks</translation>
    </message>
    <message>
        <source>none seen</source>
        <translation>keine gesehen</translation>
    </message>
    <message>
        <source>of %1</source>
        <translation>von %1</translation>
    </message>
    <message>
        <source>in %1 min</source>
        <translation>in %1 min</translation>
    </message>
    <message>
        <source>in %1 s</source>
        <translation>in %1 s</translation>
    </message>
</context>
<context>
    <name>TrafficTables</name>
    <message>
        <source>to %1</source>
        <translation>auf %1</translation>
    </message>
    <message>
        <source>%1 in %2</source>
        <translation>%1 in %2</translation>
    </message>
    <message>
        <source>too many at once</source>
        <translation>zu viele auf einmal</translation>
    </message>
    <message>
        <source>no connection came free</source>
        <translation>keine Verbindung wurde frei</translation>
    </message>
    <message>
        <source>too many wait for one</source>
        <translation>zu viele warten auf eine</translation>
    </message>
</context>
<context>
    <name>binnacle::ActStages</name>
    <message>
        <source>not yet</source>
        <translation>noch nicht</translation>
    </message>
    <message>
        <source>under way</source>
        <translation>läuft</translation>
    </message>
    <message>
        <source>done</source>
        <translation>fertig</translation>
    </message>
    <message>
        <source>in doubt</source>
        <translation>ungewiss</translation>
    </message>
    <message>
        <source>no</source>
        <translation>nein</translation>
    </message>
    <message>
        <source>Progress of the act</source>
        <translation>Fortgang der Aktion</translation>
    </message>
    <message>
        <source>Then, here</source>
        <translation>Dann, hier</translation>
    </message>
</context>
<context>
    <name>binnacle::BucketHistogram</name>
    <message>
        <source>calls</source>
        <translation>Aufrufe</translation>
    </message>
    <message>
        <source>Latency histogram</source>
        <translation>Latenz-Histogramm</translation>
    </message>
    <message>
        <source>No %1 counted</source>
        <translation>Keine %1 gezählt</translation>
    </message>
    <message>
        <source>This is a fact, not a gap.</source>
        <translation>Das ist ein Befund, keine Lücke.</translation>
    </message>
    <message>
        <source>%1 %2, half within %3, 99 of 100 within %4</source>
        <translation>%1 %2, die Hälfte innerhalb von %3, 99 von 100 innerhalb von %4</translation>
    </message>
    <message>
        <source>Took</source>
        <translation>Dauer</translation>
    </message>
    <message>
        <source>Share</source>
        <translation>Anteil</translation>
    </message>
</context>
<context>
    <name>binnacle::ChartTable</name>
    <message>
        <source>%1 without values</source>
        <translation>%1 ohne Werte</translation>
    </message>
    <message>
        <source>%1 %2 to %3, highest at %4</source>
        <translation>%1 %2 bis %3, höchster um %4</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>No values yet.</source>
        <translation>Noch keine Werte.</translation>
    </message>
    <message>
        <source>%1 to %2, a row for each %3, the newest first.</source>
        <translation>%1 bis %2, eine Zeile je %3, die neueste zuerst.</translation>
    </message>
</context>
<context>
    <name>binnacle::ChartTableDialog</name>
    <message>
        <source>Copy as CSV</source>
        <translation>Als CSV kopieren</translation>
    </message>
    <message>
        <source>Ctrl C</source>
        <translation>Strg C</translation>
    </message>
    <message>
        <source>%1 as a table</source>
        <translation>%1 als Tabelle</translation>
    </message>
    <message>
        <source>Read again</source>
        <translation>Neu lesen</translation>
    </message>
    <message>
        <source>F5</source>
        <translation>F5</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>Show as table</source>
        <translation>Als Tabelle zeigen</translation>
    </message>
    <message>
        <source>F6</source>
        <translation>F6</translation>
    </message>
    <message>
        <source>Copied as CSV</source>
        <translation>Als CSV kopiert</translation>
    </message>
</context>
<context>
    <name>binnacle::EnvironmentBand</name>
    <message>
        <source>Environment</source>
        <translation>Umgebung</translation>
    </message>
</context>
<context>
    <name>binnacle::HeatmapView</name>
    <message>
        <source>Latency heatmap</source>
        <translation>Latenz-Heatmap</translation>
    </message>
    <message>
        <source>above</source>
        <translation>darüber</translation>
    </message>
    <message>
        <source>below</source>
        <translation>darunter</translation>
    </message>
    <message>
        <source>requests / cell</source>
        <translation>Anfragen / Zelle</translation>
    </message>
    <message>
        <source>no data</source>
        <translation>keine Daten</translation>
    </message>
    <message>
        <source>below %1</source>
        <translation>unter %1</translation>
    </message>
    <message>
        <source>above %1</source>
        <translation>über %1</translation>
    </message>
    <message>
        <source>%1 of %2 requests</source>
        <translation>%1 von %2 Anfragen</translation>
    </message>
    <message>
        <source>from %1</source>
        <translation>von %1</translation>
    </message>
    <message>
        <source>%1, %2 requests in the window</source>
        <translation>%1, %2 Anfragen im Fenster</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Requests</source>
        <translation>Anfragen</translation>
    </message>
    <message>
        <source>%1 to %2, a row for each %3, the newest first.</source>
        <translation>%1 bis %2, eine Zeile je %3, die neueste zuerst.</translation>
    </message>
    <message>
        <source>%1 requests</source>
        <translation>%1 Anfragen</translation>
    </message>
</context>
<context>
    <name>binnacle::KeyButton</name>
    <message>
        <source>Key %1</source>
        <translation>Taste %1</translation>
    </message>
</context>
<context>
    <name>binnacle::KeyHelp</name>
    <message>
        <source>All keys</source>
        <translation>Alle Tasten</translation>
    </message>
    <message>
        <source>↑ ↓ scrolls, any other key closes</source>
        <translation>↑ ↓ blättert, jede andere Taste schließt</translation>
    </message>
    <message>
        <source>Any key closes</source>
        <translation>Jede Taste schließt</translation>
    </message>
</context>
<context>
    <name>binnacle::KpiTile</name>
    <message>
        <source>Baseline: %1.</source>
        <translation>Basiswert: %1.</translation>
    </message>
    <message>
        <source>PAUSED</source>
        <translation>PAUSE</translation>
    </message>
    <message>
        <source>REPLAY</source>
        <translation>REPLAY</translation>
    </message>
    <message>
        <source>age %1</source>
        <translation>Alter %1</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Wert</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Age</source>
        <translation>Alter</translation>
    </message>
    <message>
        <source>Compared</source>
        <translation>Im Vergleich</translation>
    </message>
    <message>
        <source>%1 at %2</source>
        <translation>%1 um %2</translation>
    </message>
</context>
<context>
    <name>binnacle::LaneView</name>
    <message>
        <source>Signals on one time axis</source>
        <translation>Signale auf einer Zeitachse</translation>
    </message>
    <message>
        <source>moved as number %1</source>
        <translation>bewegt als Nummer %1</translation>
    </message>
</context>
<context>
    <name>binnacle::LatencyHistogramView</name>
    <message>
        <source>p99.9</source>
        <translation>p99,9</translation>
    </message>
    <message>
        <source>requests</source>
        <translation>Anfragen</translation>
    </message>
    <message>
        <source>Latency histogram</source>
        <translation>Latenz-Histogramm</translation>
    </message>
    <message>
        <source>%1 below %2, counts add up to %3</source>
        <translation>%1 unter %2, zusammen %3</translation>
    </message>
    <message>
        <source>No requests in the window</source>
        <translation>Keine Anfragen im Fenster</translation>
    </message>
    <message>
        <source>This is a fact, not a gap.</source>
        <translation>Das ist ein Befund, keine Lücke.</translation>
    </message>
    <message>
        <source>%1 %2, %3 requests</source>
        <translation>%1 %2, %3 Anfragen</translation>
    </message>
    <message>
        <source>%1 requests</source>
        <translation>%1 Anfragen</translation>
    </message>
    <message>
        <source>Took</source>
        <translation>Dauer</translation>
    </message>
    <message>
        <source>%1, share</source>
        <translation>%1, Anteil</translation>
    </message>
    <message>
        <source>below %1</source>
        <translation>unter %1</translation>
    </message>
    <message>
        <source>above %1</source>
        <translation>über %1</translation>
    </message>
</context>
<context>
    <name>binnacle::LeaseBar</name>
    <message>
        <source>Lease</source>
        <translation>Frist</translation>
    </message>
</context>
<context>
    <name>binnacle::LevelCard</name>
    <message>
        <source>Level %1, %2</source>
        <translation>Stufe %1, %2</translation>
    </message>
</context>
<context>
    <name>binnacle::NavigationRail</name>
    <message>
        <source>Pages</source>
        <translation>Seiten</translation>
    </message>
</context>
<context>
    <name>binnacle::NowAfterTable</name>
    <message>
        <source>Now and after</source>
        <translation>Jetzt und danach</translation>
    </message>
    <message>
        <source>%1: now %2, after %3</source>
        <translation>%1: jetzt %2, danach %3</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>Jetzt</translation>
    </message>
    <message>
        <source>After</source>
        <translation>Nachher</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Was</translation>
    </message>
</context>
<context>
    <name>binnacle::PaletteFacts</name>
    <message>
        <source>What is chosen</source>
        <translation>Was gewählt ist</translation>
    </message>
</context>
<context>
    <name>binnacle::PaletteView</name>
    <message>
        <source>Go to or do</source>
        <translation>Gehe zu oder tue</translation>
    </message>
    <message>
        <source>Go to, do, find</source>
        <translation>Gehen, tun, finden</translation>
    </message>
    <message>
        <source>What was found</source>
        <translation>Was gefunden wurde</translation>
    </message>
</context>
<context>
    <name>binnacle::PhaseBar</name>
    <message>
        <source>Phases</source>
        <translation>Phasen</translation>
    </message>
    <message>
        <source>Phase %1 of %2</source>
        <translation>Phase %1 von %2</translation>
    </message>
    <message>
        <source>waits</source>
        <translation>wartet</translation>
    </message>
</context>
<context>
    <name>binnacle::PredictionBars</name>
    <message>
        <source>Predicted and measured</source>
        <translation>Vorhergesagt und gemessen</translation>
    </message>
    <message>
        <source>%1: predicted %2, measured %3</source>
        <translation>%1: vorhergesagt %2, gemessen %3</translation>
    </message>
    <message>
        <source>predicted, outline; measured, solid</source>
        <translation>vorhergesagt: Umriss; gemessen: gefüllt</translation>
    </message>
    <message>
        <source>off by</source>
        <translation>daneben um</translation>
    </message>
    <message>
        <source>Figure</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Predicted</source>
        <translation>Vorhergesagt</translation>
    </message>
    <message>
        <source>Measured</source>
        <translation>Gemessen</translation>
    </message>
</context>
<context>
    <name>binnacle::RequestPathView</name>
    <message>
        <source>look here first</source>
        <translation>hier zuerst nachsehen</translation>
    </message>
    <message>
        <source>Request path</source>
        <translation>Weg der Anfragen</translation>
    </message>
    <message numerus="yes">
        <source>%n waiting</source>
        <translation>
            <numerusform>%n wartet</numerusform>
            <numerusform>%n warten</numerusform>
        </translation>
    </message>
    <message>
        <source>nothing may flow here</source>
        <translation>hier fließt womöglich nichts</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 bis %2</translation>
    </message>
    <message>
        <source>Hop</source>
        <translation>Station</translation>
    </message>
    <message>
        <source>Figure</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Mehr</translation>
    </message>
    <message>
        <source>Full</source>
        <translation>Voll</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Age</source>
        <translation>Alter</translation>
    </message>
</context>
<context>
    <name>binnacle::SegmentedControl</name>
    <message>
        <source>%1, %2 of %3</source>
        <translation>%1, %2 von %3</translation>
    </message>
    <message>
        <source>none of %1</source>
        <translation>keine von %1</translation>
    </message>
</context>
<context>
    <name>binnacle::SituationSentence</name>
    <message>
        <source>Situation</source>
        <translation>Lage</translation>
    </message>
</context>
<context>
    <name>binnacle::SqlView</name>
    <message>
        <source>Statement</source>
        <translation>Anweisung</translation>
    </message>
    <message>
        <source>
-- and %1 characters more</source>
        <translation>
-- und %1 weitere Zeichen</translation>
    </message>
</context>
<context>
    <name>binnacle::StatusLine</name>
    <message>
        <source>Age of the sources</source>
        <translation>Alter der Quellen</translation>
    </message>
    <message>
        <source>Age</source>
        <translation>Alter</translation>
    </message>
</context>
<context>
    <name>binnacle::StopLine</name>
    <message>
        <source>in force now</source>
        <translation>jetzt in Kraft</translation>
    </message>
    <message>
        <source>Set to %1…</source>
        <translation>Auf %1 setzen…</translation>
    </message>
</context>
<context>
    <name>binnacle::TimeContext</name>
    <message>
        <source>d MMM</source>
        <comment>a day on a time axis, as Qt writes dates: 5 Mar</comment>
        <translation>d. MMM</translation>
    </message>
</context>
<context>
    <name>binnacle::TimeRibbon</name>
    <message>
        <source>Time ribbon</source>
        <translation>Zeitleiste</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 bis %2</translation>
    </message>
    <message>
        <source>, live</source>
        <translation>, live</translation>
    </message>
    <message>
        <source>, paused</source>
        <translation>, angehalten</translation>
    </message>
    <message>
        <source>p99</source>
        <translation>p99</translation>
    </message>
    <message>
        <source>p99 %1</source>
        <translation>p99 %1</translation>
    </message>
    <message>
        <source>no data</source>
        <translation>keine Daten</translation>
    </message>
    <message>
        <source>, replay</source>
        <translation>, Wiedergabe</translation>
    </message>
</context>
<context>
    <name>binnacle::TopBar</name>
    <message>
        <source>Go to or do…</source>
        <translation>Gehe zu oder tue…</translation>
    </message>
    <message>
        <source>Panic…</source>
        <translation>Panik…</translation>
    </message>
    <message>
        <source>Time and environment</source>
        <translation>Zeit und Umgebung</translation>
    </message>
    <message>
        <source>Time span</source>
        <translation>Zeitspanne</translation>
    </message>
    <message>
        <source>Live or paused</source>
        <translation>Live oder angehalten</translation>
    </message>
    <message>
        <source>Live</source>
        <translation>Live</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>Leertaste</translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation>%1 min</translation>
    </message>
    <message>
        <source>%1 h</source>
        <translation>%1 h</translation>
    </message>
    <message>
        <source>Replay</source>
        <translation>Wiedergabe</translation>
    </message>
    <message>
        <source>%1 behind</source>
        <translation>%1 zurück</translation>
    </message>
    <message>
        <source>Compare with</source>
        <translation>Vergleichen mit</translation>
    </message>
    <message>
        <source>live</source>
        <translation>live</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Alt ←</source>
        <translation>Alt ←</translation>
    </message>
    <message>
        <source>The window of time before this one</source>
        <translation>Das Zeitfenster vor diesem</translation>
    </message>
    <message>
        <source>paused, %1</source>
        <translation>angehalten, %1</translation>
    </message>
    <message>
        <source>Alt A</source>
        <translation>Alt A</translation>
    </message>
    <message>
        <source>Panic: %1</source>
        <translation>Panik: %1</translation>
    </message>
</context>
<context>
    <name>binnacle::WaitForGraph</name>
    <message>
        <source>Wait-for graph</source>
        <translation>Wartegraph</translation>
    </message>
    <message>
        <source>%1 %2, held by %3</source>
        <translation>%1 %2, gehalten von %3</translation>
    </message>
    <message>
        <source>, was cancelled</source>
        <translation>, wurde abgebrochen</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>abgebrochen</translation>
    </message>
    <message>
        <source>Session</source>
        <translation>Sitzung</translation>
    </message>
    <message>
        <source>Waits for</source>
        <translation>Wartet auf</translation>
    </message>
    <message>
        <source>Lock</source>
        <translation>Sperre</translation>
    </message>
    <message>
        <source>Held by</source>
        <translation>Gehalten von</translation>
    </message>
    <message>
        <source>%1 is selected</source>
        <translation>%1 ist ausgewählt</translation>
    </message>
    <message>
        <source>%1 to %2 of %3</source>
        <translation>%1 bis %2 von %3</translation>
    </message>
</context>
<context>
    <name>binnacle::app::ActionController</name>
    <message>
        <source>Read again to see how things stand now.</source>
        <translation>Neu lesen, um den jetzigen Stand zu sehen.</translation>
    </message>
    <message>
        <source>Look at the state before you try again.</source>
        <translation>Erst den Zustand ansehen, dann erneut versuchen.</translation>
    </message>
    <message>
        <source>It may have been done. Do not repeat it: ask what became of it, or look at the state.</source>
        <translation>Es ist womöglich geschehen. Nicht wiederholen: nachfragen, was daraus wurde, oder den Zustand ansehen.</translation>
    </message>
    <message>
        <source>Done and observed: %1.</source>
        <translation>Getan und beobachtet: %1.</translation>
    </message>
    <message>
        <source>Refused, nothing was done: %1.</source>
        <translation>Abgelehnt, nichts wurde getan: %1.</translation>
    </message>
    <message>
        <source>Failed: %1.</source>
        <translation>Fehlgeschlagen: %1.</translation>
    </message>
    <message>
        <source>In doubt: %1.</source>
        <translation>Ungewiss: %1.</translation>
    </message>
    <message>
        <source>Control does not know who you are: %1</source>
        <translation>Control kennt Sie nicht: %1</translation>
    </message>
    <message>
        <source>Control does not answer</source>
        <translation>Control antwortet nicht</translation>
    </message>
    <message>
        <source>Waiting for control</source>
        <translation>Warten auf Control</translation>
    </message>
    <message>
        <source>Nothing runs: %1</source>
        <translation>Nichts läuft: %1</translation>
    </message>
    <message>
        <source>This control can&apos;t do that</source>
        <translation>Dieses Control kann das nicht</translation>
    </message>
    <message>
        <source>Needs the role %1; %2 is %3</source>
        <translation>Verlangt die Rolle %1; %2 ist %3</translation>
    </message>
    <message>
        <source>Take back #%1</source>
        <translation>#%1 zurücknehmen</translation>
    </message>
    <message>
        <source>Panic</source>
        <translation>Panik</translation>
    </message>
    <message>
        <source>It changed while you looked: what stands here is how it is now.</source>
        <translation>Es hat sich geändert, während Sie hinsahen: Hier steht der jetzige Stand.</translation>
    </message>
    <message>
        <source>by control</source>
        <translation>durch Control</translation>
    </message>
    <message>
        <source>by break-glass</source>
        <translation>durch den Notzugang</translation>
    </message>
    <message>
        <source>requested %1</source>
        <translation>angefordert %1</translation>
    </message>
    <message>
        <source>accepted %1</source>
        <translation>angenommen %1</translation>
    </message>
    <message>
        <source>observed</source>
        <translation>beobachtet</translation>
    </message>
    <message>
        <source>accepted %1, #%2</source>
        <translation>angenommen %1, #%2</translation>
    </message>
    <message>
        <source>observed %1 later</source>
        <translation>beobachtet %1 später</translation>
    </message>
    <message>
        <source>not accepted</source>
        <translation>nicht angenommen</translation>
    </message>
    <message>
        <source>Not seen in effect: %1.</source>
        <translation>Nicht als wirksam gesehen: %1.</translation>
    </message>
    <message>
        <source>refused</source>
        <translation>abgelehnt</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>fehlgeschlagen</translation>
    </message>
    <message>
        <source>not seen yet</source>
        <translation>noch nicht gesehen</translation>
    </message>
    <message>
        <source>Preview: %1</source>
        <translation>Vorschau: %1</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Zurücknehmen</translation>
    </message>
    <message>
        <source>Nothing can be taken back</source>
        <translation>Nichts lässt sich zurücknehmen</translation>
    </message>
</context>
<context>
    <name>binnacle::app::ActionDialog</name>
    <message>
        <source>Read again</source>
        <translation>Neu lesen</translation>
    </message>
    <message>
        <source>F5</source>
        <translation>F5</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>Ctrl Enter</source>
        <translation>Strg Enter</translation>
    </message>
    <message>
        <source>Statement that runs</source>
        <translation>Anweisung, die läuft</translation>
    </message>
    <message>
        <source>Target</source>
        <translation>Ziel</translation>
    </message>
    <message>
        <source>Reason, kept in the audit log</source>
        <translation>Grund, steht dann im Audit</translation>
    </message>
    <message>
        <source>Reason, kept in the audit log; required</source>
        <translation>Grund, steht dann im Audit; Pflicht</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Key Ctrl Enter</source>
        <translation>Taste Strg Enter</translation>
    </message>
    <message>
        <source>Needs a reason first</source>
        <translation>Braucht zuerst einen Grund</translation>
    </message>
    <message>
        <source>The preview has just changed</source>
        <translation>Die Vorschau hat sich gerade geändert</translation>
    </message>
    <message>
        <source>Undo…</source>
        <translation>Zurücknehmen…</translation>
    </message>
    <message>
        <source>Ask what became of it</source>
        <translation>Nachfragen, was daraus wurde</translation>
    </message>
    <message>
        <source>Ctrl Z</source>
        <translation>Strg Z</translation>
    </message>
    <message>
        <source>Reading what it would do…</source>
        <translation>Es wird gelesen, was geschehen würde…</translation>
    </message>
    <message>
        <source>Type %1 to confirm</source>
        <translation>Zum Bestätigen „%1“ tippen</translation>
    </message>
    <message>
        <source>requested</source>
        <translation>angefordert</translation>
    </message>
    <message>
        <source>accepted</source>
        <translation>angenommen</translation>
    </message>
    <message>
        <source>observed</source>
        <translation>beobachtet</translation>
    </message>
    <message>
        <source>read %1 ago</source>
        <translation>vor %1 gelesen</translation>
    </message>
    <message>
        <source>Preview valid for %1. If the target changes, it refuses.</source>
        <translation>Die Vorschau gilt %1. Ändert sich das Ziel, wird abgelehnt.</translation>
    </message>
    <message>
        <source>It is under way. Closing this does not stop it. Panic: Ctrl Shift P.</source>
        <translation>Es läuft. Schließen hält es nicht an. Panik: Strg Umsch P.</translation>
    </message>
    <message>
        <source>Needs %1 typed first</source>
        <translation>Braucht zuerst %1, getippt</translation>
    </message>
    <message>
        <source>Ends by itself after</source>
        <translation>Endet von selbst nach</translation>
    </message>
</context>
<context>
    <name>binnacle::app::BlockingTree</name>
    <message>
        <source>%1 root</source>
        <translation>%1 Wurzel</translation>
    </message>
    <message>
        <source>waits for nobody</source>
        <translation>wartet auf niemanden</translation>
    </message>
    <message>
        <source>Blocked by %1</source>
        <translation>Blockiert von %1</translation>
    </message>
    <message>
        <source>Session</source>
        <translation>Sitzung</translation>
    </message>
    <message>
        <source>User, from</source>
        <translation>Benutzer, von</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Transaction</source>
        <translation>Transaktion</translation>
    </message>
    <message>
        <source>Waited</source>
        <translation>Gewartet</translation>
    </message>
    <message>
        <source>Of the longest</source>
        <translation>Vom Längsten</translation>
    </message>
    <message>
        <source>Waits for</source>
        <translation>Wartet auf</translation>
    </message>
    <message>
        <source>Statement</source>
        <translation>Anweisung</translation>
    </message>
    <message>
        <source>Blocks</source>
        <translation>Blockiert</translation>
    </message>
</context>
<context>
    <name>binnacle::app::CachePage</name>
    <message>
        <source>Cache hits</source>
        <translation>Cache-Treffer</translation>
    </message>
    <message>
        <source>level %1</source>
        <translation>Stufe %1</translation>
    </message>
    <message>
        <source>Lookups</source>
        <translation>Zugriffe</translation>
    </message>
    <message>
        <source>all endpoints</source>
        <translation>alle Endpunkte</translation>
    </message>
    <message>
        <source>Coalesced</source>
        <translation>Zusammengelegt</translation>
    </message>
    <message>
        <source>waited for another</source>
        <translation>warteten auf andere</translation>
    </message>
    <message>
        <source>Invalidations</source>
        <translation>Invalidierungen</translation>
    </message>
    <message>
        <source>keys</source>
        <translation>Schlüssel</translation>
    </message>
    <message>
        <source>Evictions</source>
        <translation>Verdrängungen</translation>
    </message>
    <message>
        <source>keys, Redis</source>
        <translation>Schlüssel, Redis</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Speicher</translation>
    </message>
    <message>
        <source>Redis, and its limit</source>
        <translation>Redis und seine Grenze</translation>
    </message>
    <message>
        <source>Fragmentation</source>
        <translation>Fragmentierung</translation>
    </message>
    <message>
        <source>resident to used</source>
        <translation>resident zu belegt</translation>
    </message>
    <message>
        <source>Invalidate…</source>
        <translation>Invalidieren…</translation>
    </message>
    <message>
        <source>Hits by endpoint</source>
        <translation>Treffer nach Endpunkt</translation>
    </message>
    <message>
        <source>No endpoint looks anything up</source>
        <translation>Kein Endpunkt greift zu</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Schlüssel</translation>
    </message>
    <message>
        <source>Tag</source>
        <translation>Tag</translation>
    </message>
    <message>
        <source>What to invalidate</source>
        <translation>Was zu invalidieren ist</translation>
    </message>
    <message>
        <source>Name of the key or tag</source>
        <translation>Name des Schlüssels oder Tags</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Tables of Redis</source>
        <translation>Tabellen von Redis</translation>
    </message>
    <message>
        <source>Commands</source>
        <translation>Befehle</translation>
    </message>
    <message>
        <source>No command was called</source>
        <translation>Kein Befehl wurde aufgerufen</translation>
    </message>
    <message>
        <source>Slow log</source>
        <translation>Slow-Log</translation>
    </message>
    <message>
        <source>No slow command</source>
        <translation>Kein langsamer Befehl</translation>
    </message>
    <message>
        <source>Latency events</source>
        <translation>Latenzereignisse</translation>
    </message>
    <message>
        <source>No event over the threshold of Redis’ latency monitor</source>
        <translation>Kein Ereignis über der Schwelle von Redis’ Latenzmonitor</translation>
    </message>
    <message>
        <source>Clients</source>
        <translation>Clients</translation>
    </message>
    <message>
        <source>No client</source>
        <translation>Kein Client</translation>
    </message>
    <message>
        <source>Latency of a command</source>
        <translation>Latenz eines Befehls</translation>
    </message>
    <message>
        <source>Cached reads go to PostgreSQL until it returns.</source>
        <translation>Gecachte Lesezugriffe gehen an PostgreSQL, bis es zurück ist.</translation>
    </message>
    <message>
        <source>%1 of %2 in Redis</source>
        <translation>%1 von %2 in Redis</translation>
    </message>
    <message>
        <source>%1 in Redis, without a limit</source>
        <translation>%1 in Redis, ohne Grenze</translation>
    </message>
    <message>
        <source>Redis evicts %1 keys per second.</source>
        <translation>Redis verdrängt %1 Schlüssel pro Sekunde.</translation>
    </message>
    <message>
        <source>%1: what is cached falls out before its time.</source>
        <translation>%1: Was im Cache liegt, fällt vor der Zeit heraus.</translation>
    </message>
    <message>
        <source>What its lookups hit is unknown until it returns.</source>
        <translation>Was seine Zugriffe treffen, ist bis zur Rückkehr unbekannt.</translation>
    </message>
    <message>
        <source>Nobody looks anything up.</source>
        <translation>Niemand greift zu.</translation>
    </message>
    <message>
        <source>Waiting for the first lookups.</source>
        <translation>Warten auf die ersten Zugriffe.</translation>
    </message>
    <message>
        <source>%1.</source>
        <translation>%1.</translation>
    </message>
    <message>
        <source>Cache hits fell to %1.</source>
        <translation>Die Cache-Treffer fielen auf %1.</translation>
    </message>
    <message>
        <source>%1 before. %2 of the lookups go on to PostgreSQL.</source>
        <translation>%1 zuvor. %2 der Zugriffe gehen weiter an PostgreSQL.</translation>
    </message>
    <message>
        <source>%1 of %2 lookups per second hit.</source>
        <translation>%1 von %2 Zugriffen pro Sekunde treffen.</translation>
    </message>
    <message>
        <source>%1, none evicted.</source>
        <translation>%1, nichts verdrängt.</translation>
    </message>
    <message>
        <source>Invalidate</source>
        <translation>Invalidieren</translation>
    </message>
    <message>
        <source>Choose a command</source>
        <translation>Befehl wählen</translation>
    </message>
    <message>
        <source>Latency of %1</source>
        <translation>Latenz von %1</translation>
    </message>
    <message>
        <source>Errors</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>lookups and writes</source>
        <translation>Zugriffe</translation>
    </message>
    <message>
        <source>%1 calls of the cache fail per second.</source>
        <translation>%1 Aufrufe des Caches je Sekunde scheitern.</translation>
    </message>
    <message>
        <source>What it cannot answer goes on to PostgreSQL. %1.</source>
        <translation>Was er nicht beantwortet, geht weiter an PostgreSQL. %1.</translation>
    </message>
    <message>
        <source>%1 calls in %2 s</source>
        <translation>%1 Aufrufe in %2 s</translation>
    </message>
    <message>
        <source>%1 in Redis</source>
        <translation>%1 in Redis</translation>
    </message>
    <message>
        <source>%1, %2 keys evicted per second.</source>
        <translation>%1, %2 Schlüssel pro Sekunde verdrängt.</translation>
    </message>
</context>
<context>
    <name>binnacle::app::CanaryPage</name>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>Cohorts</source>
        <translation>Kohorten</translation>
    </message>
    <message>
        <source>Canary against stable</source>
        <translation>Canary gegen Stable</translation>
    </message>
    <message>
        <source>canary</source>
        <translation>Canary</translation>
    </message>
    <message>
        <source>stable</source>
        <translation>Stable</translation>
    </message>
    <message>
        <source>p99 by cohort</source>
        <translation>p99 nach Kohorte</translation>
    </message>
    <message>
        <source>from merged buckets of two minutes; a gap: too few requests</source>
        <translation>aus vereinten Buckets von zwei Minuten; Lücke: zu wenige Anfragen</translation>
    </message>
    <message>
        <source>Undo…</source>
        <translation>Zurücknehmen…</translation>
    </message>
    <message>
        <source>What the last change did</source>
        <translation>Was die letzte Änderung bewirkt hat</translation>
    </message>
    <message>
        <source>In force</source>
        <translation>In Kraft</translation>
    </message>
    <message>
        <source>as control and HAProxy tell it</source>
        <translation>wie Control und HAProxy es melden</translation>
    </message>
    <message>
        <source>Waiting for control.</source>
        <translation>Warten auf Control.</translation>
    </message>
    <message>
        <source>The share that is wanted is its to tell.</source>
        <translation>Den gewünschten Anteil kennt nur Control.</translation>
    </message>
    <message>
        <source>Control’s answer was not understood.</source>
        <translation>Die Antwort von Control wurde nicht verstanden.</translation>
    </message>
    <message>
        <source>HAProxy keeps the share that it has.</source>
        <translation>HAProxy behält seinen Anteil.</translation>
    </message>
    <message>
        <source>HAProxy has it, %1</source>
        <translation>HAProxy hat ihn, %1</translation>
    </message>
    <message>
        <source>HAProxy has %1, %2</source>
        <translation>HAProxy hat %1, %2</translation>
    </message>
    <message>
        <source>HAProxy: %1</source>
        <translation>HAProxy: %1</translation>
    </message>
    <message>
        <source>requests and latencies from the instances, age %1</source>
        <translation>Anfragen und Latenzen von den Instanzen, Alter %1</translation>
    </message>
    <message>
        <source>users of the last %1 by control, age %2; latencies age %3</source>
        <translation>Nutzer der letzten %1 von Control, Alter %2; Latenzen Alter %3</translation>
    </message>
    <message>
        <source>; %1</source>
        <translation>; %1</translation>
    </message>
    <message>
        <source>Too few requests for a p99</source>
        <translation>Zu wenige Anfragen für ein p99</translation>
    </message>
    <message>
        <source>it takes 100 of a cohort within two minutes</source>
        <translation>es braucht 100 einer Kohorte in zwei Minuten</translation>
    </message>
    <message>
        <source>%1 holds %2</source>
        <translation>%1 hält %2</translation>
    </message>
    <message>
        <source>%1 does not answer</source>
        <translation>%1 antwortet nicht</translation>
    </message>
    <message>
        <source>as wanted, seen by control</source>
        <translation>wie gewünscht, von Control gesehen</translation>
    </message>
    <message>
        <source>not what is wanted yet, seen by control</source>
        <translation>noch nicht wie gewünscht, von Control gesehen</translation>
    </message>
    <message>
        <source>HAProxy’s own word: %1</source>
        <translation>HAProxys eigenes Wort: %1</translation>
    </message>
    <message>
        <source>split by a hash of the user, sticky</source>
        <translation>geteilt nach einem Hash des Nutzers, bleibend</translation>
    </message>
    <message>
        <source>Undo: nothing to undo</source>
        <translation>Zurücknehmen: nichts da</translation>
    </message>
    <message>
        <source>Undo: %1</source>
        <translation>Zurücknehmen: %1</translation>
    </message>
    <message>
        <source>Undo #%1…</source>
        <translation>#%1 zurücknehmen…</translation>
    </message>
</context>
<context>
    <name>binnacle::app::CohortModel</name>
    <message>
        <source>too few (%1)</source>
        <translation>zu wenige (%1)</translation>
    </message>
    <message>
        <source>Requests</source>
        <translation>Anfragen</translation>
    </message>
    <message>
        <source>Errors</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>%1 share</source>
        <translation>Anteil %1</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Änderung</translation>
    </message>
    <message>
        <source>p50</source>
        <translation>p50</translation>
    </message>
    <message>
        <source>p95</source>
        <translation>p95</translation>
    </message>
    <message>
        <source>p99</source>
        <translation>p99</translation>
    </message>
    <message>
        <source>p99.9</source>
        <translation>p99,9</translation>
    </message>
    <message>
        <source>%1 window</source>
        <translation>Fenster %1</translation>
    </message>
    <message>
        <source>%1 points</source>
        <translation>%1 Punkte</translation>
    </message>
    <message>
        <source>95 % interval: %1 to %2</source>
        <translation>95-%-Intervall: %1 bis %2</translation>
    </message>
    <message>
        <source>unchanged</source>
        <translation>unverändert</translation>
    </message>
    <message>
        <source>%1, chance?</source>
        <translation>%1, Zufall?</translation>
    </message>
    <message>
        <source>Too few requests to compare the tails: %1 has %2 of %3.</source>
        <translation>Zu wenige Anfragen, um die Ausläufer zu vergleichen: %1 hat %2 von %3.</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 bis %2</translation>
    </message>
    <message>
        <source>No measurable difference of p99: %1 are possible with these counts.</source>
        <translation>Kein messbarer Unterschied von p99: Bei diesen Zahlen sind %1 möglich.</translation>
    </message>
    <message>
        <source>p99 is higher by %1 (95 %: %2).</source>
        <translation>p99 ist um %1 höher (95 %: %2).</translation>
    </message>
    <message>
        <source>p99 is lower by %1 (95 %: %2).</source>
        <translation>p99 ist um %1 niedriger (95 %: %2).</translation>
    </message>
</context>
<context>
    <name>binnacle::app::ConfirmDialog</name>
    <message>
        <source>Type %1 to confirm</source>
        <translation>Zum Bestätigen „%1“ tippen</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
</context>
<context>
    <name>binnacle::app::ConnectionForm</name>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Read only</source>
        <translation>Nur lesen</translation>
    </message>
    <message>
        <source>May act</source>
        <translation>Darf handeln</translation>
    </message>
    <message>
        <source>Environment</source>
        <translation>Umgebung</translation>
    </message>
    <message>
        <source>Acts</source>
        <translation>Aktionen</translation>
    </message>
    <message>
        <source>Address to add</source>
        <translation>Adresse zum Hinzufügen</translation>
    </message>
    <message>
        <source>Paste an address (postgresql://…, redis://…), a connection string, or sections of a pg_service.conf</source>
        <translation>Eine Adresse (postgresql://…, redis://…), eine Verbindungszeichenkette oder Abschnitte einer pg_service.conf einfügen</translation>
    </message>
    <message>
        <source>Add it</source>
        <translation>Hinzufügen</translation>
    </message>
    <message>
        <source>or add</source>
        <translation>oder hinzufügen</translation>
    </message>
    <message>
        <source>A profile has one %1; it is below.</source>
        <translation>Ein Profil hat genau eine %1; sie steht unten.</translation>
    </message>
    <message>
        <source>A profile has one %1: take the one below out first.</source>
        <translation>Ein Profil hat genau eine %1: zuerst die unten herausnehmen.</translation>
    </message>
    <message>
        <source>Hidden</source>
        <translation>Verborgen</translation>
    </message>
    <message>
        <source>Shown</source>
        <translation>Gezeigt</translation>
    </message>
    <message>
        <source>What users wrote into statements. A recording never holds it.</source>
        <translation>Was Benutzer in Anweisungen schrieben. Eine Aufnahme enthält es nie.</translation>
    </message>
    <message>
        <source>Values in SQL</source>
        <translation>Werte in SQL</translation>
    </message>
</context>
<context>
    <name>binnacle::app::ConnectionList</name>
    <message>
        <source>not readable</source>
        <translation>nicht lesbar</translation>
    </message>
    <message>
        <source>shown here</source>
        <translation>hier gezeigt</translation>
    </message>
    <message>
        <source>Connections</source>
        <translation>Verbindungen</translation>
    </message>
</context>
<context>
    <name>binnacle::app::ConnectionsPage</name>
    <message>
        <source>Ctrl N</source>
        <translation>Strg N</translation>
    </message>
    <message>
        <source>Connections</source>
        <translation>Verbindungen</translation>
    </message>
    <message>
        <source>New…</source>
        <translation>Neu…</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Enter</translation>
    </message>
    <message>
        <source>Ctrl S</source>
        <translation>Strg S</translation>
    </message>
    <message>
        <source>Bundled stack</source>
        <translation>Mitgelieferter Stack</translation>
    </message>
    <message>
        <source>everything on this machine, with demo traffic</source>
        <translation>alles auf diesem Rechner, mit Demolast</translation>
    </message>
    <message>
        <source>on this machine · may act</source>
        <translation>auf diesem Rechner · darf handeln</translation>
    </message>
    <message>
        <source>read only</source>
        <translation>nur lesen</translation>
    </message>
    <message>
        <source>may act</source>
        <translation>darf handeln</translation>
    </message>
    <message>
        <source>New profile</source>
        <translation>Neues Profil</translation>
    </message>
    <message>
        <source>not saved yet</source>
        <translation>noch nicht gespeichert</translation>
    </message>
    <message>
        <source>%1 was removed.</source>
        <translation>%1 wurde entfernt.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Zurücknehmen</translation>
    </message>
    <message>
        <source>Unlock</source>
        <translation>Entsperren</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>Neu nachsehen</translation>
    </message>
    <message>
        <source>HAProxy, service instances, pgBouncer, PostgreSQL with two replicas and Redis, started on this machine by one command, with traffic to watch and to rehearse on. Its passwords are made when it is and lie in files of its own. It can&apos;t be changed here nor removed.</source>
        <translation>HAProxy, Dienstinstanzen, pgBouncer, PostgreSQL mit zwei Replikaten und Redis, auf diesem Rechner mit einem Befehl gestartet, mit Verkehr zum Beobachten und Üben. Seine Passwörter entstehen mit ihm und liegen in eigenen Dateien. Er lässt sich hier weder ändern noch entfernen.</translation>
    </message>
    <message>
        <source>not readable</source>
        <translation>nicht lesbar</translation>
    </message>
    <message>
        <source>%1

The file stays as it is:
%2

Correct it there; the list follows by itself. Or remove it, which can be undone.</source>
        <translation>%1

Die Datei bleibt, wie sie ist:
%2

Dort berichtigen; die Liste folgt von selbst. Oder entfernen, was sich zurücknehmen lässt.</translation>
    </message>
    <message>
        <source>The file was changed by somebody else. Saving will not replace it: copy this one, or choose another profile and come back to see what it says.</source>
        <translation>Die Datei wurde von jemand anderem geändert. Speichern ersetzt sie nicht: diese kopieren, oder ein anderes Profil wählen und zurückkommen, um zu sehen, was darin steht.</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>Verbinden</translation>
    </message>
    <message>
        <source>is shown here</source>
        <translation>wird hier gezeigt</translation>
    </message>
    <message>
        <source>it can&apos;t be read</source>
        <translation>nicht lesbar</translation>
    </message>
    <message>
        <source>save first</source>
        <translation>zuerst speichern</translation>
    </message>
    <message>
        <source>Cancel the test</source>
        <translation>Test abbrechen</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>Testen</translation>
    </message>
    <message>
        <source>the pages show it</source>
        <translation>die Seiten zeigen es</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>on its way</source>
        <translation>unterwegs</translation>
    </message>
    <message>
        <source>nothing was changed</source>
        <translation>nichts wurde geändert</translation>
    </message>
    <message>
        <source>Copy…</source>
        <translation>Kopieren…</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>no profile</source>
        <translation>kein Profil</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>Verwerfen</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>is part of Binnacle</source>
        <translation>gehört zu Binnacle</translation>
    </message>
    <message>
        <source>This console shows the bundled stack.</source>
        <translation>Diese Konsole zeigt den mitgelieferten Stack.</translation>
    </message>
    <message>
        <source>This console shows %1.</source>
        <translation>Diese Konsole zeigt %1.</translation>
    </message>
    <message>
        <source>Reading the profiles…</source>
        <translation>Die Profile werden gelesen…</translation>
    </message>
    <message>
        <source>There are no profiles yet: New makes one, for any PostgreSQL, Redis, pgBouncer or HAProxy.</source>
        <translation>Es gibt noch keine Profile: Neu macht eines, für jedes PostgreSQL, Redis, pgBouncer oder HAProxy.</translation>
    </message>
    <message numerus="yes">
        <source>%n profiles to choose from.</source>
        <translation>
            <numerusform>%n Profil zur Wahl.</numerusform>
            <numerusform>%n Profile zur Wahl.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n files of profiles can&apos;t be read.</source>
        <translation>
            <numerusform>%n Datei eines Profils ist nicht lesbar.</numerusform>
            <numerusform>%n Dateien von Profilen sind nicht lesbar.</numerusform>
        </translation>
    </message>
    <message>
        <source>Let this console act on %1</source>
        <translation>Diese Konsole auf %1 handeln lassen</translation>
    </message>
    <message>
        <source>Whoever opens this profile may then change degradation, canary, sessions and pools in production, as far as its control plane lets them.</source>
        <translation>Wer dieses Profil öffnet, darf dann Degradation, Canary, Sitzungen und Pools in der Produktion ändern, so weit seine Steuerebene es zulässt.</translation>
    </message>
    <message>
        <source>Save it so</source>
        <translation>So speichern</translation>
    </message>
    <message>
        <source>Passwords in the keychain are not copied: type them here, or when it is connected to.</source>
        <translation>Passwörter im Schlüsselbund werden nicht kopiert: hier eintippen, oder beim Verbinden.</translation>
    </message>
    <message>
        <source>Remove %1</source>
        <translation>%1 entfernen</translation>
    </message>
    <message>
        <source>Its servers are not touched. Its passwords leave the keychain. Undo brings both back until another profile is removed or the console ends.</source>
        <translation>Die Server werden nicht berührt. Die Passwörter verlassen den Schlüsselbund. Zurücknehmen bringt beides zurück, bis ein anderes Profil entfernt wird oder die Konsole endet.</translation>
    </message>
    <message>
        <source>Open %1 with the right to act</source>
        <translation>%1 mit dem Recht zu handeln öffnen</translation>
    </message>
    <message>
        <source>This is production, and its profile is not read only: what is done here is done there. To look only, set it to read only first.</source>
        <translation>Dies ist Produktion, und das Profil ist nicht auf Lesen beschränkt: Was hier getan wird, wird dort getan. Nur zum Ansehen zuerst auf Lesen beschränken.</translation>
    </message>
    <message>
        <source>Open %1</source>
        <translation>%1 öffnen</translation>
    </message>
    <message>
        <source>Leave it</source>
        <translation>So lassen</translation>
    </message>
</context>
<context>
    <name>binnacle::app::Console</name>
    <message>
        <source>A recording is shown</source>
        <translation>Eine Aufzeichnung wird gezeigt</translation>
    </message>
    <message>
        <source>The recording can&apos;t be opened: %1</source>
        <translation>Die Aufzeichnung lässt sich nicht öffnen: %1</translation>
    </message>
    <message>
        <source>the bundled stack</source>
        <translation>dem mitgelieferten Stack</translation>
    </message>
    <message>
        <source>This profile only reads</source>
        <translation>Dieses Profil liest nur</translation>
    </message>
</context>
<context>
    <name>binnacle::app::ConsoleFacts</name>
    <message>
        <source>This console</source>
        <translation>Diese Konsole</translation>
    </message>
    <message>
        <source>%1 CPU, %2</source>
        <translation>%1 CPU, %2</translation>
    </message>
    <message>
        <source>Window busy</source>
        <translation>Fenster beschäftigt</translation>
    </message>
    <message>
        <source>at most %1</source>
        <translation>höchstens %1</translation>
    </message>
    <message>
        <source>CPU time from one wait for an event to the next, in the last minutes: %1 at most, %2 in 999 of 1000 turns</source>
        <translation>CPU-Zeit von einem Warten auf ein Ereignis bis zum nächsten, in den letzten Minuten: höchstens %1, %2 in 999 von 1000 Durchgängen</translation>
    </message>
</context>
<context>
    <name>binnacle::app::CredentialDesk</name>
    <message>
        <source>The keychain asks for its password.</source>
        <translation>Der Schlüsselbund fragt nach seinem Passwort.</translation>
    </message>
    <message>
        <source>The keychain is locked: passwords that are in it can&apos;t be read until it is unlocked.</source>
        <translation>Der Schlüsselbund ist gesperrt: Passwörter darin sind erst lesbar, wenn er entsperrt ist.</translation>
    </message>
    <message>
        <source>No keychain answers here: passwords are asked for in each session and kept in memory alone.</source>
        <translation>Hier antwortet kein Schlüsselbund: Passwörter werden in jeder Sitzung erfragt und nur im Speicher gehalten.</translation>
    </message>
    <message>
        <source>A password could not be kept: %1.</source>
        <translation>Ein Passwort konnte nicht behalten werden: %1.</translation>
    </message>
    <message>
        <source>A password could not be read from the keychain: %1.</source>
        <translation>Ein Passwort ließ sich nicht aus dem Schlüsselbund lesen: %1.</translation>
    </message>
    <message>
        <source>A password could not be taken out of the keychain: %1.</source>
        <translation>Ein Passwort ließ sich nicht aus dem Schlüsselbund entfernen: %1.</translation>
    </message>
</context>
<context>
    <name>binnacle::app::CredentialDialog</name>
    <message>
        <source>Keep them in the keychain</source>
        <translation>Im Schlüsselbund behalten</translation>
    </message>
    <message>
        <source>Unlock the keychain</source>
        <translation>Schlüsselbund entsperren</translation>
    </message>
    <message>
        <source>Use them</source>
        <translation>Verwenden</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Enter</translation>
    </message>
    <message numerus="yes">
        <source>Passwords for %n servers of %1</source>
        <translation>
            <numerusform>Passwort für %n Server von %1</numerusform>
            <numerusform>Passwörter für %n Server von %1</numerusform>
        </translation>
    </message>
    <message>
        <source>%1, as %2</source>
        <translation>%1, als %2</translation>
    </message>
    <message>
        <source>Token for %1</source>
        <translation>Token für %1</translation>
    </message>
    <message>
        <source>Password for %1</source>
        <translation>Passwort für %1</translation>
    </message>
    <message>
        <source>Token</source>
        <translation>Token</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Passwort</translation>
    </message>
    <message>
        <source>Without them</source>
        <translation>Ohne sie</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>The keychain answers and has none for them yet.</source>
        <translation>Der Schlüsselbund antwortet und hat noch keines dafür.</translation>
    </message>
</context>
<context>
    <name>binnacle::app::CredentialFlow</name>
    <message>
        <source>its password is in the keychain, which is locked: unlock it on Connections</source>
        <translation>sein Passwort liegt im Schlüsselbund, der gesperrt ist: auf Verbindungen entsperren</translation>
    </message>
    <message>
        <source>its password was not entered, and no keychain answers here</source>
        <translation>sein Passwort wurde nicht eingegeben, und hier antwortet kein Schlüsselbund</translation>
    </message>
    <message>
        <source>the keychain has no password for it: enter it on Connections</source>
        <translation>der Schlüsselbund hat kein Passwort dafür: auf Verbindungen eingeben</translation>
    </message>
</context>
<context>
    <name>binnacle::app::DatabasePage</name>
    <message>
        <source>What about the database</source>
        <translation>Was von der Datenbank</translation>
    </message>
    <message>
        <source>Load</source>
        <translation>Last</translation>
    </message>
    <message>
        <source>Sessions</source>
        <translation>Sitzungen</translation>
    </message>
    <message>
        <source>Statements</source>
        <translation>Anweisungen</translation>
    </message>
    <message>
        <source>Tables</source>
        <translation>Tabellen</translation>
    </message>
    <message>
        <source>Replication</source>
        <translation>Replikation</translation>
    </message>
    <message>
        <source>Work</source>
        <translation>Arbeit</translation>
    </message>
    <message>
        <source>Load of the database on one time axis</source>
        <translation>Last der Datenbank auf einer Zeitachse</translation>
    </message>
    <message>
        <source>All sessions</source>
        <translation>Alle Sitzungen</translation>
    </message>
    <message>
        <source>Its blocker</source>
        <translation>Ihr Blockierer</translation>
    </message>
    <message>
        <source>W</source>
        <translation>W</translation>
    </message>
    <message>
        <source>Statement of the selected session</source>
        <translation>Anweisung der gewählten Sitzung</translation>
    </message>
    <message>
        <source>Sessions that run it</source>
        <translation>Sitzungen, die sie ausführen</translation>
    </message>
    <message>
        <source>S</source>
        <translation>S</translation>
    </message>
    <message>
        <source>Selected statement, without its values</source>
        <translation>Gewählte Anweisung, ohne ihre Werte</translation>
    </message>
    <message>
        <source>Transactions</source>
        <translation>Transaktionen</translation>
    </message>
    <message>
        <source>%1, per second</source>
        <translation>%1, pro Sekunde</translation>
    </message>
    <message>
        <source>sessions, %1</source>
        <translation>Sitzungen, %1</translation>
    </message>
    <message>
        <source>At work</source>
        <translation>Bei der Arbeit</translation>
    </message>
    <message>
        <source>Waiting for a lock</source>
        <translation>Warten: Sperre</translation>
    </message>
    <message>
        <source>Waiting for disk</source>
        <translation>Warten: Platte</translation>
    </message>
    <message>
        <source>Idle in transaction</source>
        <translation>Untätig in Tx</translation>
    </message>
    <message>
        <source>WAL written</source>
        <translation>WAL-Rate</translation>
    </message>
    <message>
        <source>Replay lag</source>
        <translation>Rückstand</translation>
    </message>
    <message>
        <source>The primary does not answer as it should: %1.</source>
        <translation>Der Primary antwortet nicht, wie er sollte: %1.</translation>
    </message>
    <message>
        <source>Its last values stand with their age.</source>
        <translation>Seine letzten Werte stehen mit ihrem Alter.</translation>
    </message>
    <message>
        <source>%1 is %2 behind.</source>
        <translation>%1 liegt %2 zurück.</translation>
    </message>
    <message>
        <source>Reads from it are that old.</source>
        <translation>So alt ist, was dort gelesen wird.</translation>
    </message>
    <message>
        <source>One session waits for a lock.</source>
        <translation>Eine Sitzung wartet auf eine Sperre.</translation>
    </message>
    <message numerus="yes">
        <source>%n sessions wait for a lock.</source>
        <translation>
            <numerusform>%n Sitzung wartet auf eine Sperre.</numerusform>
            <numerusform>%n Sitzungen warten auf eine Sperre.</numerusform>
        </translation>
    </message>
    <message>
        <source>The page Locks shows who holds it.</source>
        <translation>Die Seite Sperren zeigt, wer sie hält.</translation>
    </message>
    <message>
        <source>A transaction of the primary is open for %1.</source>
        <translation>Eine Transaktion des Primarys ist seit %1 offen.</translation>
    </message>
    <message>
        <source>It holds its locks, and vacuum clears nothing newer than it.</source>
        <translation>Sie hält ihre Sperren, und Vacuum räumt nichts ab, was neuer ist als sie.</translation>
    </message>
    <message>
        <source>%1 of %2 connections</source>
        <translation>%1 von %2 Verbindungen</translation>
    </message>
    <message>
        <source>WAL %1</source>
        <translation>WAL %1</translation>
    </message>
    <message>
        <source>longest lag %1</source>
        <translation>größter Rückstand %1</translation>
    </message>
    <message>
        <source>%1 transactions on the primary.</source>
        <translation>%1 Transaktionen auf dem Primary.</translation>
    </message>
    <message>
        <source>Waiting for the primary’s first two readings.</source>
        <translation>Warten auf die ersten zwei Messungen des Primarys.</translation>
    </message>
    <message>
        <source>Blocker</source>
        <translation>Blockierer</translation>
    </message>
    <message>
        <source>waits for nobody</source>
        <translation>wartet auf niemanden</translation>
    </message>
    <message>
        <source>no session selected</source>
        <translation>keine Sitzung gewählt</translation>
    </message>
    <message>
        <source>no statement selected</source>
        <translation>keine Anweisung gewählt</translation>
    </message>
    <message>
        <source>No sessions</source>
        <translation>Keine Sitzungen</translation>
    </message>
    <message>
        <source>No session runs this statement now</source>
        <translation>Keine Sitzung führt diese Anweisung jetzt aus</translation>
    </message>
    <message>
        <source>%1 lag</source>
        <translation>%1 Rückstand</translation>
    </message>
    <message>
        <source>Its plan</source>
        <translation>Ihr Plan</translation>
    </message>
    <message>
        <source>P</source>
        <translation>P</translation>
    </message>
    <message>
        <source>Plan</source>
        <translation>Plan</translation>
    </message>
    <message>
        <source>sessions that run %1</source>
        <translation>Sitzungen, die %1 ausführen</translation>
    </message>
    <message>
        <source>Waiting for a latch</source>
        <translation>Warten auf eine leichte Sperre</translation>
    </message>
    <message>
        <source>Waiting for a timer</source>
        <translation>Warten auf eine Uhr</translation>
    </message>
    <message>
        <source>No primary is watched here; that is what the standbys say of themselves.</source>
        <translation>Hier wird kein Primary beobachtet; das sagen die Standbys von sich selbst.</translation>
    </message>
    <message>
        <source>How far the standbys are behind is not known.</source>
        <translation>Wie weit die Standbys zurückliegen, ist nicht bekannt.</translation>
    </message>
    <message>
        <source>Longest lag %1.</source>
        <translation>Längster Rückstand %1.</translation>
    </message>
    <message>
        <source>The primary cannot archive its WAL.</source>
        <translation>Der Primary kann sein WAL nicht archivieren.</translation>
    </message>
    <message>
        <source>Its disk fills until it can, and the last backup grows older.</source>
        <translation>Bis er es kann, füllt sich seine Platte, und die letzte Sicherung altert.</translation>
    </message>
    <message>
        <source>checkpoint</source>
        <translation>Checkpoint</translation>
    </message>
    <message>
        <source>checkpoint, asked for</source>
        <translation>Checkpoint, verlangt</translation>
    </message>
    <message>
        <source>Archiving fails</source>
        <translation>Archivieren scheitert</translation>
    </message>
    <message>
        <source>attempts, %1</source>
        <translation>Versuche, %1</translation>
    </message>
    <message>
        <source>Cancelled by replay</source>
        <translation>Vom Nachspielen abgebrochen</translation>
    </message>
    <message>
        <source>statements, %1</source>
        <translation>Anweisungen, %1</translation>
    </message>
    <message>
        <source>as %1 says</source>
        <translation>wie %1 sagt</translation>
    </message>
    <message>
        <source>Not replayed</source>
        <translation>Nicht nachgespielt</translation>
    </message>
    <message>
        <source>Waiting for a page</source>
        <translation>Warten auf eine Seite</translation>
    </message>
    <message>
        <source>Waiting for others</source>
        <translation>Warten auf andere</translation>
    </message>
</context>
<context>
    <name>binnacle::app::DeadlockPanel</name>
    <message>
        <source>Deadlock autopsy</source>
        <translation>Deadlock-Autopsie</translation>
    </message>
    <message>
        <source>Who waited for whom</source>
        <translation>Wer auf wen wartete</translation>
    </message>
    <message>
        <source>Pairs that deadlock</source>
        <translation>Paare, die sich verklemmen</translation>
    </message>
    <message>
        <source>Which deadlock</source>
        <translation>Welcher Deadlock</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>Klasse</translation>
    </message>
    <message>
        <source>First statement</source>
        <translation>Erste Anweisung</translation>
    </message>
    <message>
        <source>Second statement</source>
        <translation>Zweite Anweisung</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>Tabelle</translation>
    </message>
    <message>
        <source>Count</source>
        <translation>Anzahl</translation>
    </message>
    <message>
        <source>Last</source>
        <translation>Zuletzt</translation>
    </message>
    <message>
        <source>A pattern that avoids it</source>
        <translation>Ein Muster, das ihn vermeidet</translation>
    </message>
    <message>
        <source>Copy fix</source>
        <translation>Abhilfe kopieren</translation>
    </message>
    <message>
        <source>No deadlocks in %1</source>
        <translation>Keine Deadlocks in %1</translation>
    </message>
    <message>
        <source>Looked %1 ago. This is a fact, not a gap.</source>
        <translation>Vor %1 nachgesehen. Das ist ein Befund, keine Lücke.</translation>
    </message>
    <message>
        <source>one is kept</source>
        <translation>einer ist aufbewahrt</translation>
    </message>
    <message numerus="yes">
        <source>%n are kept</source>
        <translation>
            <numerusform>%n ist aufbewahrt</numerusform>
            <numerusform>%n sind aufbewahrt</numerusform>
        </translation>
    </message>
    <message>
        <source>; late, age %1</source>
        <translation>; verspätet, Alter %1</translation>
    </message>
    <message>
        <source>at %1</source>
        <translation>um %1</translation>
    </message>
    <message>
        <source>waits for %1</source>
        <translation>wartet auf %1</translation>
    </message>
    <message>
        <source>went on</source>
        <translation>lief weiter</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>abgebrochen</translation>
    </message>
    <message>
        <source>-- not told</source>
        <translation>-- nicht gemeldet</translation>
    </message>
    <message>
        <source>Class: %1</source>
        <translation>Klasse: %1</translation>
    </message>
    <message>
        <source>of all deadlocks that are kept</source>
        <translation>von allen aufbewahrten Deadlocks</translation>
    </message>
    <message>
        <source>%1 in 24 h, %2 in the last hour</source>
        <translation>%1 in 24 h, %2 in der letzten Stunde</translation>
    </message>
    <message>
        <source>Per hour</source>
        <translation>Je Stunde</translation>
    </message>
    <message>
        <source>The server&apos;s counter tells of more than its log, as far as that was read.</source>
        <translation>Der Zähler des Servers nennt mehr als sein Log, soweit es gelesen wurde.</translation>
    </message>
    <message>
        <source>No report of a deadlock was read</source>
        <translation>Kein Bericht über einen Deadlock wurde gelesen</translation>
    </message>
    <message>
        <source>How far back the server&apos;s log was read is not known.</source>
        <translation>Wie weit das Log des Servers zurückgelesen wurde, ist nicht bekannt.</translation>
    </message>
    <message>
        <source>%1 counted in %2</source>
        <translation>%1 gezählt in %2</translation>
    </message>
    <message>
        <source>1 report read</source>
        <translation>1 Bericht gelesen</translation>
    </message>
    <message numerus="yes">
        <source>%n reports read</source>
        <translation>
            <numerusform>%n Bericht gelesen</numerusform>
            <numerusform>%n Berichte gelesen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>a ring of %n: choose whose statement is shown</source>
        <translation>
            <numerusform>ein Ring von %n: wählen, wessen Anweisung gezeigt wird</numerusform>
            <numerusform>ein Ring von %n: wählen, wessen Anweisung gezeigt wird</numerusform>
        </translation>
    </message>
    <message>
        <source>Statement of session %1</source>
        <translation>Anweisung der Sitzung %1</translation>
    </message>
</context>
<context>
    <name>binnacle::app::DegradationPage</name>
    <message>
        <source>What each level turns off</source>
        <translation>Was jede Stufe abschaltet</translation>
    </message>
    <message>
        <source>What it changed</source>
        <translation>Was sie geändert hat</translation>
    </message>
    <message>
        <source>Predicted and measured</source>
        <translation>Vorhergesagt und gemessen</translation>
    </message>
    <message>
        <source>Applied</source>
        <translation>Gilt</translation>
    </message>
    <message>
        <source>Level by instance</source>
        <translation>Stufe nach Instanz</translation>
    </message>
    <message>
        <source>%1. What is shown here is what the instances say themselves. The level can still be changed: by break-glass, past control, which takes it over when it is back. No lease ends until then.</source>
        <translation>%1. Hier steht, was die Instanzen selbst melden. Die Stufe lässt sich noch ändern: über den Notzugang, an Control vorbei, das es nach seiner Rückkehr übernimmt. Bis dahin endet keine Frist.</translation>
    </message>
    <message>
        <source>%1. What is shown here is what the instances say themselves. The level can’t be changed from here until it does. A lease still ends at its time.</source>
        <translation>%1. Hier steht, was die Instanzen selbst melden. Bis dahin lässt sich die Stufe von hier nicht ändern. Eine Frist endet weiterhin zu ihrer Zeit.</translation>
    </message>
    <message>
        <source>%1. What is shown here is what the instances say themselves. Whether the level can be changed, its preview says.</source>
        <translation>%1. Hier steht, was die Instanzen selbst melden. Ob sich die Stufe ändern lässt, sagt die Vorschau.</translation>
    </message>
    <message>
        <source>Control’s answer was not understood</source>
        <translation>Die Antwort von Control wurde nicht verstanden</translation>
    </message>
    <message>
        <source>Control has not answered for %1; what it said then stands here.</source>
        <translation>Control antwortet seit %1 nicht; was es zuletzt sagte, steht hier.</translation>
    </message>
    <message>
        <source>Paused: %1. The buttons act on what is now.</source>
        <translation>Angehalten: %1. Die Knöpfe wirken auf das, was jetzt ist.</translation>
    </message>
    <message>
        <source>The level can still be changed, as of now.</source>
        <translation>Die Stufe lässt sich noch ändern, nach jetzigem Stand.</translation>
    </message>
    <message>
        <source>Waiting for control.</source>
        <translation>Warten auf Control.</translation>
    </message>
    <message>
        <source>In force: it needs no lease</source>
        <translation>In Kraft: braucht keine Frist</translation>
    </message>
    <message>
        <source>Extend</source>
        <translation>Verlängern</translation>
    </message>
    <message>
        <source>Level %1</source>
        <translation>Stufe %1</translation>
    </message>
    <message>
        <source>Keys L, then %1</source>
        <translation>Tasten L, dann %1</translation>
    </message>
    <message>
        <source>No instance has told what its levels turn off.</source>
        <translation>Keine Instanz hat gemeldet, was ihre Stufen abschalten.</translation>
    </message>
    <message>
        <source>Only control tells this; nothing is known of it now.</source>
        <translation>Das weiß nur Control; jetzt ist nichts davon bekannt.</translation>
    </message>
    <message>
        <source>as the instances tell it, age %1</source>
        <translation>wie die Instanzen es melden, Alter %1</translation>
    </message>
    <message>
        <source>as the instances tell it</source>
        <translation>wie die Instanzen es melden</translation>
    </message>
    <message>
        <source>seen %1 before control answered</source>
        <translation>gesehen %1 bevor Control antwortete</translation>
    </message>
    <message>
        <source>L%1</source>
        <translation>S%1</translation>
    </message>
</context>
<context>
    <name>binnacle::app::InForceList</name>
    <message>
        <source>In force</source>
        <translation>In Kraft</translation>
    </message>
</context>
<context>
    <name>binnacle::app::InForcePanel</name>
    <message>
        <source>Extend…</source>
        <translation>Verlängern…</translation>
    </message>
    <message>
        <source>Set to 0…</source>
        <translation>Auf 0…</translation>
    </message>
    <message>
        <source>Stop demo traffic</source>
        <translation>Demolast anhalten</translation>
    </message>
    <message>
        <source>In force</source>
        <translation>In Kraft</translation>
    </message>
    <message>
        <source>as the parts tell it</source>
        <translation>wie die Teile es melden</translation>
    </message>
    <message>
        <source>Degradation level %1</source>
        <translation>Degradationsstufe %1</translation>
    </message>
    <message>
        <source>%1 of %2 instances, generation %3</source>
        <translation>%1 von %2 Instanzen, Generation %3</translation>
    </message>
    <message>
        <source>%1 of them tell nothing</source>
        <translation>%1 davon melden nichts</translation>
    </message>
    <message>
        <source>parts are switched off</source>
        <translation>Teile sind abgeschaltet</translation>
    </message>
    <message>
        <source>every part is on</source>
        <translation>jeder Teil ist an</translation>
    </message>
    <message>
        <source>Canary share %1</source>
        <translation>Canary-Anteil %1</translation>
    </message>
    <message>
        <source>%1, version %2</source>
        <translation>%1, Version %2</translation>
    </message>
    <message>
        <source>no canary instance</source>
        <translation>keine Canary-Instanz</translation>
    </message>
    <message>
        <source>split by user in HAProxy</source>
        <translation>nach Nutzern, in HAProxy</translation>
    </message>
    <message>
        <source>all users on the stable version</source>
        <translation>alle Nutzer auf der Stable-Version</translation>
    </message>
    <message>
        <source>Demo traffic runs</source>
        <translation>Demolast läuft</translation>
    </message>
    <message>
        <source>%1 requests in all</source>
        <translation>%1 Anfragen insgesamt</translation>
    </message>
    <message>
        <source>Demo traffic is changing</source>
        <translation>Demolast wechselt gerade</translation>
    </message>
    <message>
        <source>Demo traffic is stopped</source>
        <translation>Demolast ist angehalten</translation>
    </message>
    <message>
        <source>nobody asks unless you do</source>
        <translation>niemand fragt an, außer Ihnen</translation>
    </message>
    <message>
        <source>Extend level %1…</source>
        <translation>Stufe %1 verlängern…</translation>
    </message>
    <message>
        <source>Extend</source>
        <translation>Verlängern</translation>
    </message>
    <message>
        <source>To 0</source>
        <translation>Auf 0</translation>
    </message>
    <message>
        <source>Start demo traffic</source>
        <translation>Demolast starten</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Open the migration</source>
        <translation>Die Migration öffnen</translation>
    </message>
    <message>
        <source>%1 overdue: %2</source>
        <translation>%1 überfällig: %2</translation>
    </message>
    <message>
        <source>%1 left, then steps down</source>
        <translation>noch %1, dann eine Stufe tiefer</translation>
    </message>
    <message>
        <source>Migration, %1</source>
        <translation>Migration, %1</translation>
    </message>
    <message>
        <source>%1 of this phase is done</source>
        <translation>%1 dieser Phase sind erledigt</translation>
    </message>
    <message>
        <source>%1 is out of rotation</source>
        <translation>%1 ist nicht in Rotation</translation>
    </message>
    <message>
        <source>%1: pool of %2</source>
        <translation>%1: Pool mit %2</translation>
    </message>
    <message>
        <source>%1: pool paused</source>
        <translation>%1: Pool angehalten</translation>
    </message>
    <message>
        <source>Open what operators hold</source>
        <translation>Öffnen, was gehalten wird</translation>
    </message>
    <message>
        <source>Held by operators</source>
        <translation>Von Hand gehalten</translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>und %n weiteres</numerusform>
            <numerusform>und %n weitere</numerusform>
        </translation>
    </message>
    <message>
        <source>set by %1</source>
        <translation>gesetzt von %1</translation>
    </message>
    <message>
        <source>%1 and others</source>
        <translation>%1 und anderen</translation>
    </message>
    <message>
        <source>%1 is to return to rotation</source>
        <translation>%1 soll zurück in die Rotation</translation>
    </message>
    <message>
        <source>%1: pool is to be resumed</source>
        <translation>%1: Pool soll fortgesetzt werden</translation>
    </message>
</context>
<context>
    <name>binnacle::app::LastActionPanel</name>
    <message>
        <source>accepted, not yet ended</source>
        <translation>angenommen, noch nicht beendet</translation>
    </message>
    <message>
        <source>accepted, observed %1 later</source>
        <translation>angenommen, beobachtet %1 später</translation>
    </message>
    <message>
        <source>in doubt: not seen in effect everywhere</source>
        <translation>ungewiss: nicht überall wirksam gesehen</translation>
    </message>
    <message>
        <source>refused</source>
        <translation>abgelehnt</translation>
    </message>
    <message>
        <source>failed: %1</source>
        <translation>fehlgeschlagen: %1</translation>
    </message>
    <message>
        <source>Undo…</source>
        <translation>Zurücknehmen…</translation>
    </message>
    <message>
        <source>Ctrl Z</source>
        <translation>Strg Z</translation>
    </message>
    <message>
        <source>Last action</source>
        <translation>Letzte Aktion</translation>
    </message>
    <message>
        <source>%1  %2, %3, #%4</source>
        <translation>%1  %2, %3, #%4</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Zurücknehmen</translation>
    </message>
</context>
<context>
    <name>binnacle::app::LatencyPage</name>
    <message>
        <source>Live histogram</source>
        <translation>Live-Histogramm</translation>
    </message>
    <message>
        <source>p50</source>
        <translation>p50</translation>
    </message>
    <message>
        <source>p95</source>
        <translation>p95</translation>
    </message>
    <message>
        <source>p99</source>
        <translation>p99</translation>
    </message>
    <message>
        <source>p99.9</source>
        <translation>p99,9</translation>
    </message>
    <message>
        <source>target %1</source>
        <translation>Ziel %1</translation>
    </message>
    <message>
        <source>Percentiles</source>
        <translation>Perzentile</translation>
    </message>
    <message>
        <source>Heat</source>
        <translation>Heatmap</translation>
    </message>
    <message>
        <source>from merged buckets, last 10 s (p99.9: 30 s), log scale</source>
        <translation>aus vereinten Buckets, letzte 10 s (p99,9: 30 s), logarithmisch</translation>
    </message>
    <message>
        <source>Routes</source>
        <translation>Routen</translation>
    </message>
    <message>
        <source>share of requests per bucket, square-root scale, %1, age %2; %3</source>
        <translation>Anteil der Anfragen je Bucket, Wurzelskala, %1, Alter %2; %3</translation>
    </message>
    <message>
        <source>%1; from merged buckets, last 10 s (p99.9: 30 s), log scale</source>
        <translation>%1; aus vereinten Buckets, letzte 10 s (p99,9: 30 s), logarithmisch</translation>
    </message>
    <message>
        <source>%1, same time axis, log colours</source>
        <translation>%1, gleiche Zeitachse, logarithmische Farben</translation>
    </message>
    <message>
        <source>What is shown below is of before.</source>
        <translation>Was unten steht, ist von davor.</translation>
    </message>
</context>
<context>
    <name>binnacle::app::LikelyCausePanel</name>
    <message>
        <source>Likely cause</source>
        <translation>Wahrscheinliche Ursache</translation>
    </message>
    <message>
        <source>Evidence</source>
        <translation>Belege</translation>
    </message>
    <message>
        <source>since %1 or earlier</source>
        <translation>seit %1 oder früher</translation>
    </message>
    <message>
        <source>since %1, for %2</source>
        <translation>seit %1, %2 lang</translation>
    </message>
    <message>
        <source>Open %1</source>
        <translation>%1 öffnen</translation>
    </message>
</context>
<context>
    <name>binnacle::app::LocksPage</name>
    <message>
        <source>Sessions waiting for a lock</source>
        <translation>Auf Sperren wartende Sitzungen</translation>
    </message>
    <message>
        <source>Blocking tree</source>
        <translation>Blockierbaum</translation>
    </message>
    <message>
        <source>Statement of the selected session</source>
        <translation>Anweisung der gewählten Sitzung</translation>
    </message>
    <message>
        <source>%1 sessions</source>
        <translation>%1 Sitzungen</translation>
    </message>
    <message>
        <source>%1 more are not read</source>
        <translation>%1 weitere sind nicht gelesen</translation>
    </message>
    <message>
        <source>, as of %1</source>
        <translation>, Stand %1</translation>
    </message>
    <message>
        <source>, late, age %1, still trying</source>
        <translation>, verspätet, Alter %1, neuer Versuch läuft</translation>
    </message>
    <message>
        <source>, age %1</source>
        <translation>, Alter %1</translation>
    </message>
    <message>
        <source>Nobody waits for a lock</source>
        <translation>Niemand wartet auf eine Sperre</translation>
    </message>
    <message>
        <source>Who waits for whom is not known.</source>
        <translation>Wer auf wen wartet, ist nicht bekannt.</translation>
    </message>
    <message>
        <source>No deadlock is known.</source>
        <translation>Kein Deadlock ist bekannt.</translation>
    </message>
    <message>
        <source>One deadlock is known.</source>
        <translation>Ein Deadlock ist bekannt.</translation>
    </message>
    <message numerus="yes">
        <source>%n deadlocks are known.</source>
        <translation>
            <numerusform>%n Deadlock ist bekannt.</numerusform>
            <numerusform>%n Deadlocks sind bekannt.</numerusform>
        </translation>
    </message>
    <message>
        <source>Nobody waits for a lock.</source>
        <translation>Niemand wartet auf eine Sperre.</translation>
    </message>
    <message>
        <source>One idle transaction blocks one session.</source>
        <translation>Eine untätige Transaktion blockiert eine Sitzung.</translation>
    </message>
    <message>
        <source>One session blocks another one.</source>
        <translation>Eine Sitzung blockiert eine andere.</translation>
    </message>
    <message numerus="yes">
        <source>One idle transaction blocks %n sessions.</source>
        <translation>
            <numerusform>Eine untätige Transaktion blockiert %n Sitzung.</numerusform>
            <numerusform>Eine untätige Transaktion blockiert %n Sitzungen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>One session blocks %n others.</source>
        <translation>
            <numerusform>Eine Sitzung blockiert %n andere.</numerusform>
            <numerusform>Eine Sitzung blockiert %n andere.</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>%1 has its transaction open for %2; the longest waits %3.</source>
        <translation>%1 hat eine Transaktion seit %2 offen; am längsten gewartet wird %3.</translation>
    </message>
    <message>
        <source>Another one blocks, too.</source>
        <translation>Noch eine blockiert.</translation>
    </message>
    <message numerus="yes">
        <source>%n others block, too.</source>
        <translation>
            <numerusform>%n weitere blockiert.</numerusform>
            <numerusform>%n weitere blockieren.</numerusform>
        </translation>
    </message>
    <message>
        <source>Deadlock</source>
        <translation>Deadlock</translation>
    </message>
    <message>
        <source>Sessions waiting</source>
        <translation>Wartende Sitzungen</translation>
    </message>
    <message>
        <source>for a lock, %1</source>
        <translation>auf eine Sperre, %1</translation>
    </message>
    <message>
        <source>%1 wait</source>
        <translation>%1 warten</translation>
    </message>
    <message>
        <source>session %1 waits for %2</source>
        <translation>Sitzung %1 wartet auf %2</translation>
    </message>
    <message>
        <source>session %1 blocks others</source>
        <translation>Sitzung %1 blockiert andere</translation>
    </message>
    <message>
        <source>session %1 waits for nobody any more</source>
        <translation>Sitzung %1 wartet auf niemanden mehr</translation>
    </message>
    <message>
        <source>Deadlocks were counted that no report tells of.</source>
        <translation>Es wurden Deadlocks gezählt, von denen kein Bericht erzählt.</translation>
    </message>
</context>
<context>
    <name>binnacle::app::MainWindow</name>
    <message>
        <source>Binnacle</source>
        <translation>Binnacle</translation>
    </message>
    <message>
        <source>bundled</source>
        <translation>mitgeliefert</translation>
    </message>
    <message>
        <source>Retry now</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>F5</source>
        <translation>F5</translation>
    </message>
    <message>
        <source>Nothing can be done now, because it could not be written to the audit: %1</source>
        <translation>Jetzt lässt sich nichts tun, weil es nicht in das Audit geschrieben werden konnte: %1</translation>
    </message>
    <message>
        <source>Put away</source>
        <translation>Weglegen</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>Seiten</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>Fenster</translation>
    </message>
    <message>
        <source>Acts</source>
        <translation>Aktionen</translation>
    </message>
    <message>
        <source>Panic: canary share 0, a running migration ends</source>
        <translation>Panik: Canary-Anteil 0, laufende Migration endet</translation>
    </message>
    <message>
        <source>Retry what is lost</source>
        <translation>Ausgefallenes erneut versuchen</translation>
    </message>
    <message>
        <source>Dark or light</source>
        <translation>Dunkel oder hell</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>Vollbild</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>These keys (also ?)</source>
        <translation>Diese Tasten (auch ?)</translation>
    </message>
    <message>
        <source>English or German, from the next start</source>
        <translation>Deutsch oder Englisch, ab dem nächsten Start</translation>
    </message>
    <message>
        <source>From its next start this console speaks %1.</source>
        <translation>Ab ihrem nächsten Start spricht diese Konsole %1.</translation>
    </message>
    <message>
        <source>Take back the last act…</source>
        <translation>Letzte Aktion zurücknehmen…</translation>
    </message>
    <message>
        <source>Save this page as a picture…</source>
        <translation>Diese Seite als Bild speichern…</translation>
    </message>
    <message>
        <source>Go to, do or find anything</source>
        <translation>Irgendetwas tun, finden oder dorthin gehen</translation>
    </message>
    <message>
        <source>Dark or light as the system is</source>
        <translation>Dunkel oder hell wie das System</translation>
    </message>
    <message>
        <source>Overview: the crosshair to what moved first</source>
        <translation>Überblick: Fadenkreuz auf das, was sich zuerst bewegte</translation>
    </message>
    <message>
        <source>Overview: to what moved next</source>
        <translation>Überblick: auf das, was sich danach bewegte</translation>
    </message>
</context>
<context>
    <name>binnacle::app::MigrationDetail</name>
    <message>
        <source>phase</source>
        <translation>Phase</translation>
    </message>
    <message>
        <source>Progress of the phase</source>
        <translation>Fortschritt der Phase</translation>
    </message>
    <message>
        <source>as this console saw it; a gap: nobody told</source>
        <translation>wie diese Konsole es sah; Lücke: niemand meldete es</translation>
    </message>
    <message>
        <source>No migration</source>
        <translation>Keine Migration</translation>
    </message>
    <message>
        <source>Apply…</source>
        <translation>Anwenden…</translation>
    </message>
    <message>
        <source>Stop…</source>
        <translation>Anhalten…</translation>
    </message>
    <message>
        <source>Undo…</source>
        <translation>Zurücknehmen…</translation>
    </message>
    <message>
        <source>Statement that applies it</source>
        <translation>Anweisung, die sie anwendet</translation>
    </message>
    <message>
        <source>Statement that undoes it</source>
        <translation>Anweisung, die sie zurücknimmt</translation>
    </message>
    <message>
        <source>Statements</source>
        <translation>Anweisungen</translation>
    </message>
    <message>
        <source>exactly as they run</source>
        <translation>genau so, wie sie laufen</translation>
    </message>
    <message>
        <source>Undo runs</source>
        <translation>Zurücknehmen führt aus</translation>
    </message>
    <message>
        <source>Nothing to draw yet</source>
        <translation>Noch nichts zu zeichnen</translation>
    </message>
    <message>
        <source>this console has not seen it run</source>
        <translation>diese Konsole hat sie nicht laufen sehen</translation>
    </message>
    <message>
        <source>last seen</source>
        <translation>zuletzt gesehen</translation>
    </message>
    <message>
        <source>There is none to show.</source>
        <translation>Es gibt keine zu zeigen.</translation>
    </message>
    <message>
        <source>How far it is now can’t be told.</source>
        <translation>Wie weit sie jetzt ist, ist nicht bekannt.</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>Zeilen</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>Tabelle</translation>
    </message>
    <message>
        <source>Indexes</source>
        <translation>Indexe</translation>
    </message>
    <message>
        <source>Attempt</source>
        <translation>Versuch</translation>
    </message>
    <message>
        <source>Took</source>
        <translation>Dauer</translation>
    </message>
    <message>
        <source>in %1, estimate</source>
        <translation>in %1, geschätzt</translation>
    </message>
    <message>
        <source>on disk</source>
        <translation>auf der Platte</translation>
    </message>
    <message>
        <source>all of the table, on disk</source>
        <translation>die ganze Tabelle, auf der Platte</translation>
    </message>
    <message>
        <source>of the last run</source>
        <translation>des letzten Laufs</translation>
    </message>
    <message>
        <source>never run</source>
        <translation>nie gelaufen</translation>
    </message>
    <message>
        <source>Runs for</source>
        <translation>Läuft seit</translation>
    </message>
    <message>
        <source>last run</source>
        <translation>letzter Lauf</translation>
    </message>
    <message>
        <source>no migration is known</source>
        <translation>keine Migration ist bekannt</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>Anwenden</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Zurücknehmen</translation>
    </message>
    <message>
        <source>Lock: %1</source>
        <translation>Sperre: %1</translation>
    </message>
</context>
<context>
    <name>binnacle::app::MigrationsPage</name>
    <message>
        <source>Migrations</source>
        <translation>Migrationen</translation>
    </message>
    <message>
        <source>Blockers</source>
        <translation>Blockierer</translation>
    </message>
    <message>
        <source>Sessions that it waits for</source>
        <translation>Sitzungen, auf die sie wartet</translation>
    </message>
    <message>
        <source>Control has not read the primary for %1</source>
        <translation>Control hat den Primary seit %1 nicht gelesen</translation>
    </message>
    <message>
        <source>still trying</source>
        <translation>neuer Versuch läuft</translation>
    </message>
    <message>
        <source>Waiting for control.</source>
        <translation>Warten auf Control.</translation>
    </message>
    <message>
        <source>The migrations are its to run and to tell.</source>
        <translation>Die Migrationen führt Control aus, und nur Control kennt sie.</translation>
    </message>
    <message>
        <source>Control’s answer was not understood.</source>
        <translation>Die Antwort von Control wurde nicht verstanden.</translation>
    </message>
    <message>
        <source>How migrations stand is not known until it does.</source>
        <translation>Wie die Migrationen stehen, ist bis dahin nicht bekannt.</translation>
    </message>
    <message>
        <source>This control runs no migrations.</source>
        <translation>Dieses Control führt keine Migrationen aus.</translation>
    </message>
    <message>
        <source>in the primary, age %1</source>
        <translation>im Primary, Alter %1</translation>
    </message>
    <message>
        <source>never read from the primary yet</source>
        <translation>noch nie vom Primary gelesen</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>nobody is in the way of it</source>
        <translation>niemand steht ihr im Weg</translation>
    </message>
    <message>
        <source>none, it does not run</source>
        <translation>keine, sie läuft nicht</translation>
    </message>
    <message>
        <source>sessions that it waits for</source>
        <translation>Sitzungen, auf die sie wartet</translation>
    </message>
</context>
<context>
    <name>binnacle::app::NoteBook</name>
    <message>
        <source>Note on %1…</source>
        <translation>Notiz zu %1…</translation>
    </message>
    <message>
        <source>Show the minute around it on all pages</source>
        <translation>Die Minute darum auf allen Seiten zeigen</translation>
    </message>
    <message>
        <source>Show it on all pages</source>
        <translation>Auf allen Seiten zeigen</translation>
    </message>
    <message>
        <source>Remove the note “%1”</source>
        <translation>Notiz „%1“ entfernen</translation>
    </message>
    <message>
        <source>All notes…</source>
        <translation>Alle Notizen…</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Note on the crosshair, on the span, or on now</source>
        <translation>Notiz am Fadenkreuz, an der Spanne oder an jetzt</translation>
    </message>
    <message>
        <source>All notes</source>
        <translation>Alle Notizen</translation>
    </message>
    <message>
        <source>Menu</source>
        <translation>Menü</translation>
    </message>
    <message>
        <source>In a chart: what can be done with that time</source>
        <translation>In einem Diagramm: was sich mit dieser Zeit tun lässt</translation>
    </message>
</context>
<context>
    <name>binnacle::app::NoteDialog</name>
    <message>
        <source>Note</source>
        <translation>Notiz</translation>
    </message>
    <message>
        <source>Note on %1</source>
        <translation>Notiz zu %1</translation>
    </message>
    <message>
        <source>It stands on every chart and on the ribbon, for whoever opens this place with your account.</source>
        <translation>Sie steht auf jedem Diagramm und auf der Zeitleiste, für alle, die diesen Ort mit Ihrem Konto öffnen.</translation>
    </message>
    <message>
        <source>Text of the note</source>
        <translation>Text der Notiz</translation>
    </message>
    <message>
        <source>Keep note</source>
        <translation>Notiz behalten</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Enter</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
</context>
<context>
    <name>binnacle::app::NotesDialog</name>
    <message>
        <source>Show its time</source>
        <translation>Ihre Zeit zeigen</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Enter</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Del</source>
        <translation>Entf</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>Notizen</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Wann</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Notiz</translation>
    </message>
    <message>
        <source>By</source>
        <translation>Von</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>They could not be written: %1</source>
        <translation>Sie konnten nicht geschrieben werden: %1</translation>
    </message>
    <message>
        <source>None yet. N notes the moment of the crosshair, or the span that is selected.</source>
        <translation>Noch keine. N notiert den Moment des Fadenkreuzes oder die gewählte Spanne.</translation>
    </message>
    <message numerus="yes">
        <source>%n note(s) of this place, the newest first.</source>
        <translation>
            <numerusform>%n Notiz zu diesem Ort.</numerusform>
            <numerusform>%n Notizen zu diesem Ort, die neueste zuerst.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>binnacle::app::OverviewPage</name>
    <message>
        <source>What moved</source>
        <translation>Was sich bewegt hat</translation>
    </message>
    <message>
        <source>in the order of the request path; numbers tell what moved first, which is evidence and no proof</source>
        <translation>in der Folge des Anfragewegs; Nummern sagen, was sich zuerst bewegt hat: ein Indiz, kein Beweis</translation>
    </message>
</context>
<context>
    <name>binnacle::app::Palette</name>
    <message>
        <source>Go to, do, find</source>
        <translation>Gehen, tun, finden</translation>
    </message>
    <message>
        <source>↑ ↓ choose    Enter does it    &gt; actions    @ sessions    / routes    $ statements    : keys    # acts to take back    Esc closes</source>
        <translation>↑ ↓ wählt    Enter tut es    &gt; Aktionen    @ Sitzungen    / Routen    $ Anweisungen    : Tasten    # zurücknehmbare Aktionen    Esc schließt</translation>
    </message>
    <message>
        <source>↑ ↓ choose    Enter takes it; nothing is done before its preview is confirmed    Esc goes back</source>
        <translation>↑ ↓ wählt    Enter nimmt es; vor dem Bestätigen der Vorschau wird nichts getan    Esc geht zurück</translation>
    </message>
    <message>
        <source>Recent</source>
        <translation>Zuletzt</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>As typed</source>
        <translation>Wie getippt</translation>
    </message>
    <message>
        <source>Type it, then Enter.</source>
        <translation>Tippen, dann Enter.</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>Wird gesucht…</translation>
    </message>
    <message>
        <source>Nothing holds “%1”.</source>
        <translation>Nichts enthält „%1“.</translation>
    </message>
</context>
<context>
    <name>binnacle::app::PictureSaver</name>
    <message>
        <source>Save the page as a picture</source>
        <translation>Seite als Bild speichern</translation>
    </message>
    <message>
        <source>PNG pictures (*.png)</source>
        <translation>PNG-Bilder (*.png)</translation>
    </message>
    <message>
        <source>The picture was saved as %1.</source>
        <translation>Das Bild wurde als %1 gespeichert.</translation>
    </message>
    <message>
        <source>The picture was not written to %1: %2</source>
        <translation>Das Bild wurde nicht nach %1 geschrieben: %2</translation>
    </message>
</context>
<context>
    <name>binnacle::app::PoolsPage</name>
    <message>
        <source>In use</source>
        <translation>In Gebrauch</translation>
    </message>
    <message>
        <source>app pools, and size</source>
        <translation>App-Pools, und Größe</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>Wartend</translation>
    </message>
    <message>
        <source>for a slot</source>
        <translation>auf einen Platz</translation>
    </message>
    <message>
        <source>Wait, p99</source>
        <translation>Warten, p99</translation>
    </message>
    <message>
        <source>for a slot, 10 s</source>
        <translation>auf einen Platz, 10 s</translation>
    </message>
    <message>
        <source>Timeouts</source>
        <translation>Timeouts</translation>
    </message>
    <message>
        <source>gave up waiting</source>
        <translation>Warten aufgegeben</translation>
    </message>
    <message>
        <source>Servers busy</source>
        <translation>Server belegt</translation>
    </message>
    <message>
        <source>pgBouncer, and size</source>
        <translation>pgBouncer, und Größe</translation>
    </message>
    <message>
        <source>Clients waiting</source>
        <translation>Wartende Clients</translation>
    </message>
    <message>
        <source>pgBouncer</source>
        <translation>pgBouncer</translation>
    </message>
    <message>
        <source>Longest wait</source>
        <translation>Längstes Warten</translation>
    </message>
    <message>
        <source>Application pools</source>
        <translation>Pools der Anwendung</translation>
    </message>
    <message>
        <source>No instance is watched</source>
        <translation>Keine Instanz wird beobachtet</translation>
    </message>
    <message>
        <source>Tables of pgBouncer</source>
        <translation>Tabellen von pgBouncer</translation>
    </message>
    <message>
        <source>Pools of pgBouncer</source>
        <translation>Pools von pgBouncer</translation>
    </message>
    <message>
        <source>No pool: nobody has connected yet</source>
        <translation>Kein Pool: Noch niemand hat sich verbunden</translation>
    </message>
    <message>
        <source>Pause…</source>
        <translation>Anhalten…</translation>
    </message>
    <message>
        <source>Resume…</source>
        <translation>Fortsetzen…</translation>
    </message>
    <message>
        <source>Resize…</source>
        <translation>Größe ändern…</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>New size of the pool</source>
        <translation>Neue Größe des Pools</translation>
    </message>
    <message>
        <source>Pools</source>
        <translation>Pools</translation>
    </message>
    <message>
        <source>Clients</source>
        <translation>Clients</translation>
    </message>
    <message>
        <source>Clients of pgBouncer</source>
        <translation>Clients von pgBouncer</translation>
    </message>
    <message>
        <source>No client is connected</source>
        <translation>Kein Client ist verbunden</translation>
    </message>
    <message>
        <source>Server connections</source>
        <translation>Serververbindungen</translation>
    </message>
    <message>
        <source>Server connections of pgBouncer</source>
        <translation>Serververbindungen von pgBouncer</translation>
    </message>
    <message>
        <source>No connection to a server is open</source>
        <translation>Keine Verbindung zu einem Server ist offen</translation>
    </message>
    <message>
        <source>Databases</source>
        <translation>Datenbanken</translation>
    </message>
    <message>
        <source>Databases of pgBouncer</source>
        <translation>Datenbanken von pgBouncer</translation>
    </message>
    <message>
        <source>No database is configured</source>
        <translation>Keine Datenbank ist konfiguriert</translation>
    </message>
    <message>
        <source>Requests that need PostgreSQL fail or wait until it returns.</source>
        <translation>Anfragen, die PostgreSQL brauchen, scheitern oder warten, bis es zurück ist.</translation>
    </message>
    <message>
        <source>Who waits in its pools is unknown until it returns.</source>
        <translation>Wer in seinen Pools wartet, ist bis zur Rückkehr unbekannt.</translation>
    </message>
    <message>
        <source>%1 of %2 connections of the instances are in use</source>
        <translation>%1 von %2 Verbindungen der Instanzen in Gebrauch</translation>
    </message>
    <message>
        <source>pgBouncer: %1 of %2 servers busy</source>
        <translation>pgBouncer: %1 von %2 Servern belegt</translation>
    </message>
    <message>
        <source>1 request waits for a pool slot.</source>
        <translation>1 Anfrage wartet auf einen Pool-Platz.</translation>
    </message>
    <message numerus="yes">
        <source>%n requests wait for a pool slot.</source>
        <translation>
            <numerusform>%n Anfrage wartet auf einen Pool-Platz.</numerusform>
            <numerusform>%n Anfragen warten auf einen Pool-Platz.</numerusform>
        </translation>
    </message>
    <message>
        <source>%1; %2.</source>
        <translation>%1; %2.</translation>
    </message>
    <message>
        <source>1 client waits in pgBouncer.</source>
        <translation>1 Client wartet in pgBouncer.</translation>
    </message>
    <message numerus="yes">
        <source>%n clients wait in pgBouncer.</source>
        <translation>
            <numerusform>%n Client wartet in pgBouncer.</numerusform>
            <numerusform>%n Clients warten in pgBouncer.</numerusform>
        </translation>
    </message>
    <message>
        <source>The longest for %1; %2.</source>
        <translation>Der längste seit %1; %2.</translation>
    </message>
    <message>
        <source>Waiting for the first readings of the pools.</source>
        <translation>Warten auf die ersten Messwerte der Pools.</translation>
    </message>
    <message>
        <source>Nobody waits for a connection.</source>
        <translation>Niemand wartet auf eine Verbindung.</translation>
    </message>
    <message>
        <source>choose a pool</source>
        <translation>Pool wählen</translation>
    </message>
    <message>
        <source>Pause %1…</source>
        <translation>%1 anhalten…</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>already paused</source>
        <translation>schon angehalten</translation>
    </message>
    <message>
        <source>Resume %1…</source>
        <translation>%1 fortsetzen…</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>not paused</source>
        <translation>nicht angehalten</translation>
    </message>
    <message>
        <source>Resize</source>
        <translation>Größe ändern</translation>
    </message>
    <message>
        <source>%1 wait</source>
        <translation>%1 warten</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>Waits in app pools</source>
        <translation>Warten in App-Pools</translation>
    </message>
    <message>
        <source>What if</source>
        <translation>Was wäre wenn</translation>
    </message>
</context>
<context>
    <name>binnacle::app::ProbePanel</name>
    <message>
        <source>Test</source>
        <translation>Testen</translation>
    </message>
    <message>
        <source>Test of %1</source>
        <translation>Test von %1</translation>
    </message>
    <message>
        <source>%1 of %2 have answered</source>
        <translation>%1 von %2 haben geantwortet</translation>
    </message>
    <message>
        <source>cancelled after %1 of %2</source>
        <translation>abgebrochen nach %1 von %2</translation>
    </message>
    <message numerus="yes">
        <source>all %n servers can be read</source>
        <translation>
            <numerusform>%n Server ist lesbar</numerusform>
            <numerusform>alle %n Server sind lesbar</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 of %2 can&apos;t be read</source>
        <translation>%1 von %2 sind nicht lesbar</translation>
    </message>
    <message>
        <source>not asked to the end</source>
        <translation>nicht zu Ende gefragt</translation>
    </message>
    <message>
        <source>asking…</source>
        <translation>wird gefragt…</translation>
    </message>
    <message>
        <source>What is read here, and the password, can be read or changed on the way: use TLS with a verified host name.</source>
        <translation>Was hier gelesen wird, und das Passwort, kann unterwegs gelesen oder verändert werden: TLS mit geprüftem Hostnamen verwenden.</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
</context>
<context>
    <name>binnacle::app::QuitDialog</name>
    <message>
        <source>Do this every time</source>
        <translation>Das jedes Mal tun</translation>
    </message>
    <message>
        <source>Quit Binnacle</source>
        <translation>Binnacle beenden</translation>
    </message>
    <message>
        <source>Keep the bundled stack running?</source>
        <translation>Den mitgelieferten Stack weiterlaufen lassen?</translation>
    </message>
    <message>
        <source>This console started the stack in %1. Running, it costs some memory and is there at once the next time; binnacle-stack down stops it later.</source>
        <translation>Diese Konsole hat den Stack in %1 gestartet. Läuft er weiter, kostet er etwas Speicher und ist beim nächsten Mal sofort da; binnacle-stack down hält ihn später an.</translation>
    </message>
    <message>
        <source>Keep it running</source>
        <translation>Weiterlaufen lassen</translation>
    </message>
    <message>
        <source>Stop it</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Do not quit</source>
        <translation>Nicht beenden</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
</context>
<context>
    <name>binnacle::app::RecordingControls</name>
    <message>
        <source>Replay the recording from here, or back to live</source>
        <translation>Aufzeichnung ab hier abspielen, oder zurück zu live</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>replay of %1</source>
        <translation>Wiedergabe von %1</translation>
    </message>
    <message>
        <source>Replay</source>
        <translation>Wiedergabe</translation>
    </message>
    <message>
        <source>A minute back</source>
        <translation>Eine Minute zurück</translation>
    </message>
    <message>
        <source>A minute on</source>
        <translation>Eine Minute weiter</translation>
    </message>
    <message>
        <source>An hour back</source>
        <translation>Eine Stunde zurück</translation>
    </message>
    <message>
        <source>An hour on</source>
        <translation>Eine Stunde weiter</translation>
    </message>
    <message>
        <source>Faster</source>
        <translation>Schneller</translation>
    </message>
    <message>
        <source>Slower</source>
        <translation>Langsamer</translation>
    </message>
    <message>
        <source>Click</source>
        <translation>Klick</translation>
    </message>
    <message>
        <source>On the time ribbon: play from there</source>
        <translation>Auf der Zeitleiste: von dort abspielen</translation>
    </message>
    <message>
        <source>This recording was opened by itself: nothing live belongs to it</source>
        <translation>Diese Aufzeichnung wurde für sich geöffnet: Nichts Laufendes gehört dazu</translation>
    </message>
    <message>
        <source>Nothing records this place; binnaclectl record run does</source>
        <translation>Diesen Ort zeichnet nichts auf; binnaclectl record run tut es</translation>
    </message>
</context>
<context>
    <name>binnacle::app::ReplayBar</name>
    <message>
        <source>Back 1 min</source>
        <translation>1 min zurück</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>Abspielen</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>Leertaste</translation>
    </message>
    <message>
        <source>On 1 min</source>
        <translation>1 min weiter</translation>
    </message>
    <message>
        <source>Replay</source>
        <translation>Wiedergabe</translation>
    </message>
    <message>
        <source>REPLAY</source>
        <translation>WIEDERGABE</translation>
    </message>
    <message>
        <source>%1, %2. Nothing can be done here.</source>
        <translation>%1, %2. Hier lässt sich nichts tun.</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>Tempo</translation>
    </message>
    <message>
        <source>%1×</source>
        <translation>%1×</translation>
    </message>
    <message>
        <source>Seeking…</source>
        <translation>Wird gesucht…</translation>
    </message>
    <message>
        <source>(the end)</source>
        <translation>(das Ende)</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Play again</source>
        <translation>Noch einmal abspielen</translation>
    </message>
    <message>
        <source>Back to live</source>
        <translation>Zurück zu live</translation>
    </message>
</context>
<context>
    <name>binnacle::app::RouteModel</name>
    <message>
        <source>too few (%1)</source>
        <translation>zu wenige (%1)</translation>
    </message>
    <message>
        <source>Route</source>
        <translation>Route</translation>
    </message>
    <message>
        <source>req/s</source>
        <translation>Anfr./s</translation>
    </message>
    <message>
        <source>Shape, 50 µs to 4 s</source>
        <translation>Form, 50 µs bis 4 s</translation>
    </message>
    <message>
        <source>p50</source>
        <translation>p50</translation>
    </message>
    <message>
        <source>p95</source>
        <translation>p95</translation>
    </message>
    <message>
        <source>p99</source>
        <translation>p99</translation>
    </message>
    <message>
        <source>p99.9</source>
        <translation>p99,9</translation>
    </message>
    <message>
        <source>Errors %</source>
        <translation>Fehler %</translation>
    </message>
    <message>
        <source>Requests, %1</source>
        <translation>Anfragen, %1</translation>
    </message>
</context>
<context>
    <name>binnacle::app::Screenshot</name>
    <message>
        <source>%1 could not be written: %2</source>
        <translation>%1 konnte nicht geschrieben werden: %2</translation>
    </message>
</context>
<context>
    <name>binnacle::app::ServerChoice</name>
    <message>
        <source>Server</source>
        <translation>Server</translation>
    </message>
</context>
<context>
    <name>binnacle::app::ServerForm</name>
    <message>
        <source>Take out</source>
        <translation>Herausnehmen</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Verified</source>
        <translation>Geprüft</translation>
    </message>
    <message>
        <source>CA only</source>
        <translation>Nur CA</translation>
    </message>
    <message>
        <source>Unchecked</source>
        <translation>Ungeprüft</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>Aus</translation>
    </message>
    <message>
        <source>Not said</source>
        <translation>Nicht gesagt</translation>
    </message>
    <message>
        <source>TLS</source>
        <translation>TLS</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Keines</translation>
    </message>
    <message>
        <source>Keychain</source>
        <translation>Schlüsselbund</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Token</source>
        <translation>Token</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Passwort</translation>
    </message>
    <message>
        <source>type to set or replace it</source>
        <translation>zum Setzen oder Ersetzen eintippen</translation>
    </message>
    <message>
        <source>In the keychain</source>
        <translation>Im Schlüsselbund</translation>
    </message>
    <message>
        <source>never in the profile&apos;s file</source>
        <translation>nie in der Datei des Profils</translation>
    </message>
    <message>
        <source>as pasted</source>
        <translation>wie eingefügt</translation>
    </message>
</context>
<context>
    <name>binnacle::app::SessionActs</name>
    <message>
        <source>Cancel query…</source>
        <translation>Abfrage abbrechen…</translation>
    </message>
    <message>
        <source>C</source>
        <translation>C</translation>
    </message>
    <message>
        <source>Terminate session…</source>
        <translation>Sitzung beenden…</translation>
    </message>
    <message>
        <source>T</source>
        <translation>T</translation>
    </message>
    <message>
        <source>no session selected</source>
        <translation>keine Sitzung gewählt</translation>
    </message>
    <message>
        <source>no query runs</source>
        <translation>keine Abfrage läuft</translation>
    </message>
    <message>
        <source>%1 selected</source>
        <translation>%1 gewählt</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Terminate</source>
        <translation>Beenden</translation>
    </message>
</context>
<context>
    <name>binnacle::app::SharePanel</name>
    <message>
        <source>Set…</source>
        <translation>Setzen…</translation>
    </message>
    <message>
        <source>Canary to 0&#x2009;%…</source>
        <translation>Canary auf 0 %…</translation>
    </message>
    <message>
        <source>Canary share</source>
        <translation>Canary-Anteil</translation>
    </message>
    <message>
        <source>Other share, %</source>
        <translation>Anderer Anteil, %</translation>
    </message>
    <message>
        <source>Other share in percent</source>
        <translation>Anderer Anteil in Prozent</translation>
    </message>
    <message>
        <source>Set the other share…</source>
        <translation>Den anderen Anteil setzen…</translation>
    </message>
    <message>
        <source>Share wanted</source>
        <translation>Gewünschter Anteil</translation>
    </message>
    <message>
        <source>of all users</source>
        <translation>aller Nutzer</translation>
    </message>
    <message>
        <source>about %1</source>
        <translation>etwa %1</translation>
    </message>
    <message>
        <source>Canary to 0 %</source>
        <translation>Canary auf 0 %</translation>
    </message>
</context>
<context>
    <name>binnacle::app::SizingPanel</name>
    <message>
        <source>What if</source>
        <translation>Was wäre wenn</translation>
    </message>
    <message>
        <source>As measured</source>
        <translation>Wie gemessen</translation>
    </message>
    <message>
        <source>Connections taken, per second</source>
        <translation>Verbindungen genommen, pro Sekunde</translation>
    </message>
    <message>
        <source>Held on average, ms</source>
        <translation>Im Mittel gehalten, ms</translation>
    </message>
    <message>
        <source>Cores of the database server</source>
        <translation>Kerne des Datenbankservers</translation>
    </message>
    <message>
        <source>Disks that seek (SSD: 1)</source>
        <translation>Platten mit Suchzeit (SSD: 1)</translation>
    </message>
    <message>
        <source>No server tells its cores. The number stands for this machine.</source>
        <translation>Kein Server nennt seine Kerne. Die Zahl gilt für diesen Rechner.</translation>
    </message>
    <message>
        <source>Busy on average: per second × held (Little)</source>
        <translation>Im Mittel belegt: pro Sekunde × gehalten (Little)</translation>
    </message>
    <message>
        <source>With bursts: that and 2&#x202f;√ of it</source>
        <translation>Mit Stößen: das und 2 √ davon</translation>
    </message>
    <message>
        <source>Useful at once: cores × 2 + disks</source>
        <translation>Zugleich nützlich: Kerne × 2 + Platten</translation>
    </message>
    <message>
        <source>with what was typed</source>
        <translation>mit dem, was eingegeben ist</translation>
    </message>
    <message>
        <source>as measured at pgBouncer</source>
        <translation>wie an pgBouncer gemessen</translation>
    </message>
    <message>
        <source>as measured in app pools</source>
        <translation>wie in den App-Pools gemessen</translation>
    </message>
    <message>
        <source>A number above zero is needed in each field.</source>
        <translation>Jedes Feld braucht eine Zahl über null.</translation>
    </message>
    <message>
        <source>Nothing takes connections now; type a load to see what it would need.</source>
        <translation>Jetzt nimmt nichts Verbindungen; eine Last eingeben, um ihren Bedarf zu sehen.</translation>
    </message>
</context>
<context>
    <name>binnacle::app::SnapshotTableModel</name>
    <message>
        <source>yes</source>
        <translation>ja</translation>
    </message>
    <message>
        <source>no</source>
        <translation>nein</translation>
    </message>
    <message>
        <source>%1/s</source>
        <translation>%1/s</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>Server</translation>
    </message>
</context>
<context>
    <name>binnacle::app::StackController</name>
    <message>
        <source>The program binnacle-stack is missing: %1. It belongs beside this console.</source>
        <translation>Das Programm binnacle-stack fehlt: %1. Es gehört neben diese Konsole.</translation>
    </message>
    <message>
        <source>Starting the bundled stack</source>
        <translation>Der mitgelieferte Stack startet</translation>
    </message>
    <message>
        <source>binnacle-stack could not be started: %1</source>
        <translation>binnacle-stack konnte nicht gestartet werden: %1</translation>
    </message>
    <message>
        <source>binnacle-stack ended with code %1 and said nothing.</source>
        <translation>binnacle-stack endete mit Code %1 und sagte nichts.</translation>
    </message>
    <message>
        <source>No stack runs in %1.</source>
        <translation>In %1 läuft kein Stack.</translation>
    </message>
    <message>
        <source>The stack in %1 belongs to another user. %2</source>
        <translation>Der Stack in %1 gehört einem anderen Benutzer. %2</translation>
    </message>
    <message>
        <source>The stack&apos;s supervisor does not answer: %1</source>
        <translation>Der Supervisor des Stacks antwortet nicht: %1</translation>
    </message>
    <message>
        <source>The stack failed. binnacle-stack logs tells why.</source>
        <translation>Der Stack ist fehlgeschlagen. binnacle-stack logs sagt, warum.</translation>
    </message>
    <message>
        <source>The stack in %1 is stopping.</source>
        <translation>Der Stack in %1 wird angehalten.</translation>
    </message>
    <message>
        <source>Stopping the stack</source>
        <translation>Der Stack wird angehalten</translation>
    </message>
</context>
<context>
    <name>binnacle::app::StackPanel</name>
    <message>
        <source>Start the stack</source>
        <translation>Stack starten</translation>
    </message>
    <message>
        <source>Retry now</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>F5</source>
        <translation>F5</translation>
    </message>
    <message>
        <source>Looking for the stack</source>
        <translation>Der Stack wird gesucht</translation>
    </message>
    <message>
        <source>The stack is starting</source>
        <translation>Der Stack startet</translation>
    </message>
    <message>
        <source>Waiting for the first readings</source>
        <translation>Warten auf die ersten Messwerte</translation>
    </message>
    <message>
        <source>Rates need two of them: about a second.</source>
        <translation>Raten brauchen zwei davon: etwa eine Sekunde.</translation>
    </message>
    <message>
        <source>No stack to watch</source>
        <translation>Kein Stack zu beobachten</translation>
    </message>
    <message>
        <source>The stack does not answer</source>
        <translation>Der Stack antwortet nicht</translation>
    </message>
    <message>
        <source>The stack could not be started</source>
        <translation>Der Stack konnte nicht gestartet werden</translation>
    </message>
    <message>
        <source>The stack is stopping</source>
        <translation>Der Stack hält an</translation>
    </message>
    <message>
        <source>Cancel the start</source>
        <translation>Start abbrechen</translation>
    </message>
</context>
<context>
    <name>binnacle::app::StatusFeeder</name>
    <message>
        <source>app %1/%2</source>
        <translation>App %1/%2</translation>
    </message>
    <message>
        <source>control</source>
        <translation>Control</translation>
    </message>
    <message>
        <source>Not shown</source>
        <translation>Nicht gezeigt</translation>
    </message>
    <message>
        <source>series beyond %1: there are too many</source>
        <translation>Reihen über %1: Es sind zu viele</translation>
    </message>
    <message>
        <source>Recorder</source>
        <translation>Recorder</translation>
    </message>
    <message>
        <source>runs</source>
        <translation>läuft</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keiner</translation>
    </message>
    <message>
        <source>Nothing is recorded while no console is open. This records it: %1</source>
        <translation>Ohne offene Konsole wird nichts aufgezeichnet. Dies zeichnet auf: %1</translation>
    </message>
</context>
<context>
    <name>binnacle::app::TableLayout</name>
    <message>
        <source>Sort by the next column</source>
        <translation>Nach der nächsten Spalte sortieren</translation>
    </message>
    <message>
        <source>Sort by the column before</source>
        <translation>Nach der Spalte davor sortieren</translation>
    </message>
    <message>
        <source>Smallest first</source>
        <translation>Kleinstes zuerst</translation>
    </message>
    <message>
        <source>Largest first</source>
        <translation>Größtes zuerst</translation>
    </message>
    <message>
        <source>Move the sorted column right</source>
        <translation>Sortierte Spalte nach rechts</translation>
    </message>
    <message>
        <source>Move the sorted column left</source>
        <translation>Sortierte Spalte nach links</translation>
    </message>
    <message>
        <source>Sorted column wider</source>
        <translation>Sortierte Spalte breiter</translation>
    </message>
    <message>
        <source>Sorted column narrower</source>
        <translation>Sortierte Spalte schmaler</translation>
    </message>
    <message>
        <source>Columns as they were</source>
        <translation>Spalten wie am Anfang</translation>
    </message>
</context>
<context>
    <name>binnacle::app::TablePanel</name>
    <message>
        <source>Filter</source>
        <translation>Filter</translation>
    </message>
    <message>
        <source>Filter %1</source>
        <translation>%1 filtern</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
    <message>
        <source>Copy row</source>
        <translation>Zeile kopieren</translation>
    </message>
    <message>
        <source>Copy as CSV</source>
        <translation>Als CSV kopieren</translation>
    </message>
    <message>
        <source>Save as CSV…</source>
        <translation>Als CSV speichern…</translation>
    </message>
    <message>
        <source>%1 as of %2</source>
        <translation>%1, Stand %2</translation>
    </message>
    <message>
        <source>%1, age %2</source>
        <translation>%1, Alter %2</translation>
    </message>
    <message>
        <source>%1 late, age %2, still trying</source>
        <translation>%1 verspätet, Alter %2, neuer Versuch läuft</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>%1 more are not read</source>
        <translation>%1 weitere sind nicht gelesen</translation>
    </message>
    <message>
        <source>No row holds “%1”</source>
        <translation>Keine Zeile enthält „%1“</translation>
    </message>
    <message>
        <source>No such source</source>
        <translation>Keine solche Quelle</translation>
    </message>
    <message>
        <source>Rows copied: %1</source>
        <translation>Zeilen kopiert: %1</translation>
    </message>
    <message>
        <source>Row copied</source>
        <translation>Zeile kopiert</translation>
    </message>
    <message>
        <source>Save %1 as CSV</source>
        <translation>%1 als CSV speichern</translation>
    </message>
    <message>
        <source>CSV files (*.csv)</source>
        <translation>CSV-Dateien (*.csv)</translation>
    </message>
    <message>
        <source>Saved as %1</source>
        <translation>Gespeichert als %1</translation>
    </message>
    <message>
        <source>%1 was not written: %2</source>
        <translation>%1 wurde nicht geschrieben: %2</translation>
    </message>
</context>
<context>
    <name>binnacle::app::TimeSteering</name>
    <message>
        <source>Space</source>
        <translation>Leertaste</translation>
    </message>
    <message>
        <source>Pause, or go on live</source>
        <translation>Anhalten oder live weiter</translation>
    </message>
    <message>
        <source>Time span %1</source>
        <translation>Zeitspanne %1</translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation>%1 min</translation>
    </message>
    <message>
        <source>%1 h</source>
        <translation>%1 h</translation>
    </message>
    <message>
        <source>Back to the window before (also Backspace)</source>
        <translation>Zurück zum Fenster davor (auch Rücktaste)</translation>
    </message>
    <message>
        <source>Forward again</source>
        <translation>Wieder vor</translation>
    </message>
    <message>
        <source>In a chart: move the crosshair, with Ctrl by ten</source>
        <translation>In einem Diagramm: Fadenkreuz bewegen, mit Strg um zehn</translation>
    </message>
    <message>
        <source>Shift+← →</source>
        <translation>Umsch+← →</translation>
    </message>
    <message>
        <source>In a chart: extend a span</source>
        <translation>In einem Diagramm: eine Spanne aufziehen</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Enter</translation>
    </message>
    <message>
        <source>In a chart: show the extended span on all pages</source>
        <translation>In einem Diagramm: die aufgezogene Spanne auf allen Seiten zeigen</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>In a chart: give the span up, remove the crosshair</source>
        <translation>In einem Diagramm: Spanne aufgeben, Fadenkreuz entfernen</translation>
    </message>
    <message>
        <source>Crosshair to the event before</source>
        <translation>Fadenkreuz auf das Ereignis davor</translation>
    </message>
    <message>
        <source>Crosshair to the next event</source>
        <translation>Fadenkreuz auf das nächste Ereignis</translation>
    </message>
</context>
<context>
    <name>binnacle::app::TrafficPage</name>
    <message>
        <source>Requests</source>
        <translation>Anfragen</translation>
    </message>
    <message>
        <source>at the frontends</source>
        <translation>an den Frontends</translation>
    </message>
    <message>
        <source>Answered 4xx</source>
        <translation>Antworten 4xx</translation>
    </message>
    <message>
        <source>the client&apos;s doing</source>
        <translation>Ursache beim Client</translation>
    </message>
    <message>
        <source>Answered 5xx</source>
        <translation>Antworten 5xx</translation>
    </message>
    <message>
        <source>ours</source>
        <translation>Ursache bei uns</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>Schlange</translation>
    </message>
    <message>
        <source>requests that wait</source>
        <translation>Anfragen, die warten</translation>
    </message>
    <message>
        <source>Retries</source>
        <translation>Wiederholungen</translation>
    </message>
    <message>
        <source>tried once more</source>
        <translation>noch einmal versucht</translation>
    </message>
    <message>
        <source>Redispatches</source>
        <translation>Umleitungen</translation>
    </message>
    <message>
        <source>to another server</source>
        <translation>an einen anderen Server</translation>
    </message>
    <message>
        <source>Sessions</source>
        <translation>Sitzungen</translation>
    </message>
    <message>
        <source>Own answers</source>
        <translation>Eigene Antworten</translation>
    </message>
    <message>
        <source>no server was asked</source>
        <translation>kein Server gefragt</translation>
    </message>
    <message>
        <source>Servers</source>
        <translation>Server</translation>
    </message>
    <message>
        <source>No server is in use</source>
        <translation>Kein Server ist in Gebrauch</translation>
    </message>
    <message>
        <source>Drain…</source>
        <translation>Herausnehmen…</translation>
    </message>
    <message>
        <source>Frontends and backends</source>
        <translation>Frontends und Backends</translation>
    </message>
    <message>
        <source>No proxy is configured</source>
        <translation>Kein Proxy ist konfiguriert</translation>
    </message>
    <message>
        <source>Requests may not reach the instances.</source>
        <translation>Anfragen erreichen die Instanzen womöglich nicht.</translation>
    </message>
    <message>
        <source>%1 of %2 servers in rotation</source>
        <translation>%1 von %2 Servern in Rotation</translation>
    </message>
    <message>
        <source>, %1 taken out</source>
        <translation>, %1 herausgenommen</translation>
    </message>
    <message>
        <source>%1 answered 5xx</source>
        <translation>%1 mit 5xx beantwortet</translation>
    </message>
    <message>
        <source>none answered 5xx</source>
        <translation>keine mit 5xx beantwortet</translation>
    </message>
    <message>
        <source>HAProxy has ejected %1.</source>
        <translation>HAProxy hat %1 ausgeschlossen.</translation>
    </message>
    <message>
        <source>1 request queues at HAProxy.</source>
        <translation>1 Anfrage wartet in der Schlange von HAProxy.</translation>
    </message>
    <message numerus="yes">
        <source>%n requests queue at HAProxy.</source>
        <translation>
            <numerusform>%n Anfrage wartet in der Schlange von HAProxy.</numerusform>
            <numerusform>%n Anfragen warten in der Schlange von HAProxy.</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 of requests are answered 5xx.</source>
        <translation>%1 der Anfragen werden mit 5xx beantwortet.</translation>
    </message>
    <message>
        <source>HAProxy tries %1 requests per second once more.</source>
        <translation>HAProxy versucht %1 Anfragen pro Sekunde noch einmal.</translation>
    </message>
    <message>
        <source>Waiting for the first two readings of HAProxy.</source>
        <translation>Warten auf die ersten zwei Messwerte von HAProxy.</translation>
    </message>
    <message>
        <source>%1 requests per second, none queued.</source>
        <translation>%1 Anfragen pro Sekunde, keine in der Schlange.</translation>
    </message>
    <message>
        <source>No requests.</source>
        <translation>Keine Anfragen.</translation>
    </message>
    <message>
        <source>choose a server</source>
        <translation>Server wählen</translation>
    </message>
    <message>
        <source>Back to rotation: %1…</source>
        <translation>Zurück in Rotation: %1…</translation>
    </message>
    <message>
        <source>Drain %1…</source>
        <translation>%1 herausnehmen…</translation>
    </message>
    <message>
        <source>Back to rotation</source>
        <translation>Zurück in Rotation</translation>
    </message>
    <message>
        <source>Drain</source>
        <translation>Herausnehmen</translation>
    </message>
    <message>
        <source>Shed</source>
        <translation>Abgewehrt</translation>
    </message>
    <message>
        <source>turned away unserved</source>
        <translation>unbedient abgewiesen</translation>
    </message>
    <message>
        <source>Tables of proxies and of what is shed</source>
        <translation>Tabellen der Proxys und der abgewehrten Anfragen</translation>
    </message>
    <message>
        <source>Requests turned away</source>
        <translation>Abgewiesene Anfragen</translation>
    </message>
    <message>
        <source>No instance turned a request away in the last 5 minutes</source>
        <translation>Keine Instanz hat in den letzten 5 Minuten eine Anfrage abgewiesen</translation>
    </message>
    <message>
        <source>The instances turn away %1 requests per second.</source>
        <translation>Die Instanzen weisen %1 Anfragen je Sekunde ab.</translation>
    </message>
</context>
<context>
    <name>binnacle::app::WarningList</name>
    <message>
        <source>Warnings</source>
        <translation>Warnungen</translation>
    </message>
</context>
<context>
    <name>RouteStatements</name>
    <message>
        <source>Which statements this route runs is not told</source>
        <translation>Welche Anweisungen diese Route ausführt, ist nicht gemeldet</translation>
    </message>
    <message>
        <source>Neither the service&apos;s telemetry (route_statements) nor a comment in a statement (route=&apos;…&apos;) nor the name of a session (GET /…) tells it.</source>
        <translation>Weder die Telemetrie des Dienstes (route_statements) noch ein Kommentar in einer Anweisung (route=&apos;…&apos;) noch der Name einer Sitzung (GET /…) sagt es.</translation>
    </message>
</context>
<context>
    <name>binnacle::app::AlertBell</name>
    <message numerus="yes">
        <source>%n alert(s)</source>
        <translation>
            <numerusform>%n Alarm</numerusform>
            <numerusform>%n Alarme</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n quiet</source>
        <comment>alerts</comment>
        <translation>
            <numerusform>%n stiller</numerusform>
            <numerusform>%n stille</numerusform>
        </translation>
    </message>
    <message>
        <source>No alerts</source>
        <translation>Keine Alarme</translation>
    </message>
    <message numerus="yes">
        <source>%n critical</source>
        <translation>
            <numerusform>%n kritischer</numerusform>
            <numerusform>%n kritische</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n caution</source>
        <translation>
            <numerusform>%n zur Vorsicht</numerusform>
            <numerusform>%n zur Vorsicht</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n acknowledged or silenced</source>
        <translation>
            <numerusform>%n bestätigt oder stumm</numerusform>
            <numerusform>%n bestätigt oder stumm</numerusform>
        </translation>
    </message>
    <message>
        <source>Alerts</source>
        <translation>Alarme</translation>
    </message>
    <message>
        <source>All alerts, and the rules</source>
        <translation>Alle Alarme und die Regeln</translation>
    </message>
    <message>
        <source>Acknowledge all alerts</source>
        <translation>Alle Alarme bestätigen</translation>
    </message>
    <message>
        <source>There is none to acknowledge</source>
        <translation>Es gibt keinen zu bestätigen</translation>
    </message>
</context>
<context>
    <name>binnacle::app::AlertsDialog</name>
    <message>
        <source>Tell it on the desktop</source>
        <translation>Auf dem Desktop melden</translation>
    </message>
    <message>
        <source>With a sound</source>
        <translation>Mit einem Ton</translation>
    </message>
    <message>
        <source>Alerts</source>
        <translation>Alarme</translation>
    </message>
    <message>
        <source>Alerts or rules</source>
        <translation>Alarme oder Regeln</translation>
    </message>
    <message>
        <source>Rules</source>
        <translation>Regeln</translation>
    </message>
    <message>
        <source>Severity</source>
        <translation>Schwere</translation>
    </message>
    <message>
        <source>Alert</source>
        <translation>Alarm</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Wert</translation>
    </message>
    <message>
        <source>Limit</source>
        <translation>Grenze</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>Seit</translation>
    </message>
    <message>
        <source>For</source>
        <translation>Dauer</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>Quelle</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Rule</source>
        <translation>Regel</translation>
    </message>
    <message>
        <source>Limits</source>
        <translation>Grenzen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>End the silence</source>
        <translation>Nicht mehr stumm</translation>
    </message>
    <message>
        <source>Silence…</source>
        <translation>Stummschalten…</translation>
    </message>
    <message>
        <source>Acknowledge</source>
        <translation>Bestätigen</translation>
    </message>
    <message>
        <source>Open its page</source>
        <translation>Seite öffnen</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Enter</translation>
    </message>
    <message>
        <source>No alerts</source>
        <translation>Keine Alarme</translation>
    </message>
    <message numerus="yes">
        <source>%n rule(s) are watched: R shows them with their limits</source>
        <translation>
            <numerusform>%n Regel wird beobachtet: R zeigt sie mit ihren Grenzen</numerusform>
            <numerusform>%n Regeln werden beobachtet: R zeigt sie mit ihren Grenzen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n raised</source>
        <translation>
            <numerusform>%n gemeldet</numerusform>
            <numerusform>%n gemeldet</numerusform>
        </translation>
    </message>
    <message>
        <source>watched</source>
        <translation>beobachtet</translation>
    </message>
    <message>
        <source>silenced until %1</source>
        <translation>stumm bis %1</translation>
    </message>
    <message numerus="yes">
        <source>%n to look at</source>
        <translation>
            <numerusform>%n anzusehen</numerusform>
            <numerusform>%n anzusehen</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing to look at</source>
        <translation>Nichts anzusehen</translation>
    </message>
    <message numerus="yes">
        <source>%n acknowledged or silenced</source>
        <translation>
            <numerusform>%n bestätigt oder stumm</numerusform>
            <numerusform>%n bestätigt oder stumm</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 found no room</source>
        <translation>%1 fanden keinen Platz</translation>
    </message>
    <message>
        <source>of a recording: nobody is told</source>
        <translation>aus einer Aufzeichnung: niemandem wird gemeldet</translation>
    </message>
    <message>
        <source>silences could not be written: %1</source>
        <translation>Stummschaltungen konnten nicht geschrieben werden: %1</translation>
    </message>
    <message>
        <source>for 15 min</source>
        <translation>für 15 min</translation>
    </message>
    <message>
        <source>for 1 h</source>
        <translation>für 1 h</translation>
    </message>
    <message>
        <source>for 4 h</source>
        <translation>für 4 h</translation>
    </message>
    <message>
        <source>until tomorrow, 08:00</source>
        <translation>bis morgen, 08:00</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <translation>%1 %2</translation>
    </message>
</context>
<context>
    <name>binnacle::app::PlanPanel</name>
    <message>
        <source>Plan</source>
        <translation>Plan</translation>
    </message>
    <message>
        <source>Plan of the selected statement</source>
        <translation>Plan der gewählten Anweisung</translation>
    </message>
    <message>
        <source>a recording has no server to ask</source>
        <translation>eine Aufzeichnung hat keinen Server zum Fragen</translation>
    </message>
    <message>
        <source>%1, by EXPLAIN, which runs nothing; for any values of its parameters</source>
        <translation>%1, durch EXPLAIN, das nichts ausführt; für beliebige Werte der Parameter</translation>
    </message>
    <message>
        <source>Asking the server…</source>
        <translation>Der Server wird gefragt…</translation>
    </message>
    <message>
        <source>Denied. %1</source>
        <translation>Verweigert. %1</translation>
    </message>
    <message>
        <source>Not asked. %1</source>
        <translation>Nicht gefragt. %1</translation>
    </message>
    <message>
        <source>No plan. %1</source>
        <translation>Kein Plan. %1</translation>
    </message>
    <message>
        <source>Copy %1</source>
        <translation>%1 kopieren</translation>
    </message>
</context>
<context>
    <name>binnacle::app::RouteStatementsPanel</name>
    <message>
        <source>Statements of the route</source>
        <translation>Anweisungen der Route</translation>
    </message>
    <message>
        <source>This route has run no statement</source>
        <translation>Diese Route hat keine Anweisung ausgeführt</translation>
    </message>
    <message>
        <source>All routes</source>
        <translation>Alle Routen</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>Sessions that run it</source>
        <translation>Sitzungen, die sie ausführen</translation>
    </message>
    <message>
        <source>S</source>
        <translation>S</translation>
    </message>
    <message>
        <source>Its plan</source>
        <translation>Ihr Plan</translation>
    </message>
    <message>
        <source>P</source>
        <translation>P</translation>
    </message>
    <message>
        <source>Statements of %1</source>
        <translation>Anweisungen von %1</translation>
    </message>
    <message>
        <source>no statement selected</source>
        <translation>keine Anweisung gewählt</translation>
    </message>
    <message>
        <source>its text is not told</source>
        <translation>ihr Text ist nicht gemeldet</translation>
    </message>
    <message>
        <source>Sessions</source>
        <translation>Sitzungen</translation>
    </message>
    <message>
        <source>Plan</source>
        <translation>Plan</translation>
    </message>
</context>
<context>
    <name>binnacle::app::TrailBar</name>
    <message>
        <source>From</source>
        <translation>Aus</translation>
    </message>
    <message>
        <source>U</source>
        <translation>U</translation>
    </message>
    <message>
        <source>Back to the statements of this route</source>
        <translation>Zurück zu den Anweisungen dieser Route</translation>
    </message>
    <message>
        <source>its statement</source>
        <translation>ihre Anweisung</translation>
    </message>
    <message>
        <source>Back to the sessions that run this statement</source>
        <translation>Zurück zu den Sitzungen, die diese Anweisung ausführen</translation>
    </message>
</context>
<context>
    <name>binnacle::app::LagPanel</name>
    <message>
        <source>Replay lag</source>
        <translation>Rückstand</translation>
    </message>
    <message>
        <source>log scale; line p50, band least to most of 10 s</source>
        <translation>logarithmisch; Linie p50, Band kleinster bis größter in 10 s</translation>
    </message>
    <message>
        <source>Its distribution</source>
        <translation>Seine Verteilung</translation>
    </message>
    <message>
        <source>limit</source>
        <translation>Grenze</translation>
    </message>
    <message>
        <source>No standby is connected to this server</source>
        <translation>Kein Standby ist mit diesem Server verbunden</translation>
    </message>
    <message>
        <source>share of readings, %1</source>
        <translation>Anteil der Messwerte, %1</translation>
    </message>
    <message>
        <source>Distribution of the replay lag</source>
        <translation>Verteilung des Rückstands</translation>
    </message>
    <message>
        <source>last 5 min</source>
        <translation>letzte 5 min</translation>
    </message>
    <message>
        <source>bars %1, outline %2, %3</source>
        <translation>Balken %1, Umriss %2, %3</translation>
    </message>
</context>
<context>
    <name>binnacle::app::PlaceFacts</name>
    <message>
        <source>%1: %2 queries/s of this console, %3 ms/s of waiting for them, the way there and back included</source>
        <translation>%1: %2 Abfragen/s dieser Konsole, %3 ms/s Warten auf sie, mit Hin- und Rückweg</translation>
    </message>
    <message>
        <source>Own queries</source>
        <translation>Eigene Abfragen</translation>
    </message>
    <message>
        <source>%1, %2 ms/s</source>
        <translation>%1, %2 ms/s</translation>
    </message>
    <message>
        <source>Recorder</source>
        <translation>Recorder</translation>
    </message>
    <message>
        <source>runs</source>
        <translation>läuft</translation>
    </message>
    <message>
        <source>does not run</source>
        <translation>läuft nicht</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>%1 of %2 processes run</source>
        <translation>%1 von %2 Prozessen laufen</translation>
    </message>
    <message>
        <source>Down</source>
        <translation>Ausgefallen</translation>
    </message>
    <message>
        <source>Started again</source>
        <translation>Neu gestartet</translation>
    </message>
    <message>
        <source>Died and was started again in the last 10 minutes: %1</source>
        <translation>In den letzten 10 Minuten gestorben und neu gestartet: %1</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>Disk</source>
        <translation>Platte</translation>
    </message>
    <message>
        <source>%1 free on the disk of the stack</source>
        <translation>%1 frei auf der Platte des Stacks</translation>
    </message>
    <message>
        <source>Budget: %1 ms/s of each server&apos;s own time, which is less than the waiting</source>
        <translation>Budget: %1 ms/s eigene Zeit je Server, die kürzer ist als das Warten</translation>
    </message>
    <message>
        <source>Read from all sources: %1</source>
        <translation>Von allen Quellen gelesen: %1</translation>
    </message>
    <message>
        <source>Own reading</source>
        <translation>Eigenes Lesen</translation>
    </message>
</context>
<context>
    <name>binnacle::app::WaitPanel</name>
    <message>
        <source>Waits for a pool slot</source>
        <translation>Warten auf einen Pool-Platz</translation>
    </message>
    <message>
        <source>Waits for a pool slot of %1</source>
        <translation>Warten auf einen Pool-Platz von %1</translation>
    </message>
    <message>
        <source>All instances</source>
        <translation>Alle Instanzen</translation>
    </message>
    <message>
        <source>longest %1, %2; %3</source>
        <translation>längstes %1, %2; %3</translation>
    </message>
    <message>
        <source>none was taken, %1</source>
        <translation>keiner wurde genommen, %1</translation>
    </message>
</context>
<context>
    <name>binnacle::app::LiteralsNotice</name>
    <message>
        <source>Values in statements are shown, as this profile asks. A recording holds none of them.</source>
        <translation>Werte in Anweisungen werden gezeigt, wie dieses Profil verlangt. Eine Aufnahme enthält keinen davon.</translation>
    </message>
</context>
<context>
    <name>Tail</name>
    <message>
        <source>the last at %1</source>
        <translation>die letzten um %1</translation>
    </message>
    <message>
        <source>at %1</source>
        <translation>um %1</translation>
    </message>
    <message numerus="yes">
        <source>%n bursts, %1 apart (±%2), hold %3 of the slow requests; %4.</source>
        <translation>
            <numerusform>%n Stoß im Abstand von %1 (±%2) enthält %3 der langsamen Anfragen; %4.</numerusform>
            <numerusform>%n Stöße im Abstand von %1 (±%2) enthalten %3 der langsamen Anfragen; %4.</numerusform>
        </translation>
    </message>
    <message>
        <source>It took %1 and holds %2 of the slow requests; %3.</source>
        <translation>Er dauerte %1 und enthält %2 der langsamen Anfragen; %3.</translation>
    </message>
    <message>
        <source>They hold %1 of the slow requests; %2.</source>
        <translation>Sie enthalten %1 der langsamen Anfragen; %2.</translation>
    </message>
    <message>
        <source>No route, version or instance stands out.</source>
        <translation>Keine Route, Version oder Instanz sticht heraus.</translation>
    </message>
    <message>
        <source>%1 holds %2 of the excess with %3 of the requests.</source>
        <translation>%1 hat %2 des Überschusses bei %3 der Anfragen.</translation>
    </message>
    <message>
        <source>Likewise %1.</source>
        <translation>Ebenso %1.</translation>
    </message>
    <message>
        <source>the p99 of the %1 before</source>
        <translation>dem p99 der %1 davor</translation>
    </message>
    <message>
        <source>the p99 of its calmest quarter</source>
        <translation>dem p99 des ruhigsten Viertels</translation>
    </message>
    <message>
        <source>slow is from %1, %2 and a tenth: %3 of %4 requests, usually %5</source>
        <translation>langsam ist ab %1, %2 und einem Zehntel: %3 von %4 Anfragen, sonst %5</translation>
    </message>
    <message>
        <source>Too few requests to tell.</source>
        <translation>Zu wenige Anfragen, um es zu sagen.</translation>
    </message>
    <message>
        <source>%1 in this window; to know what is usual it takes %2 before it or in a quarter of it.</source>
        <translation>%1 in diesem Fenster; um das Übliche zu kennen, braucht es %2 davor oder in einem Viertel davon.</translation>
    </message>
    <message>
        <source>%1 in this window; it takes %2.</source>
        <translation>%1 in diesem Fenster; es braucht %2.</translation>
    </message>
    <message>
        <source>Too short a time to tell.</source>
        <translation>Zu kurze Zeit, um es zu sagen.</translation>
    </message>
    <message>
        <source>It takes requests over some %1.</source>
        <translation>Es braucht Anfragen über etwa %1.</translation>
    </message>
    <message>
        <source>version %1</source>
        <translation>Version %1</translation>
    </message>
    <message>
        <source>the canary</source>
        <translation>der Canary</translation>
    </message>
    <message>
        <source>Stable</source>
        <translation>Stable</translation>
    </message>
    <message>
        <source>Steady: no time stands out.</source>
        <translation>Stetig: Keine Zeit sticht heraus.</translation>
    </message>
    <message>
        <source>Slow requests are spread as chance spreads them.</source>
        <translation>Langsame Anfragen sind verteilt, wie der Zufall sie verteilt.</translation>
    </message>
    <message>
        <source>Regular: a burst each %1.</source>
        <translation>Regelmäßig: ein Stoß alle %1.</translation>
    </message>
    <message numerus="yes">
        <source>Sporadic: %n bursts without a rhythm.</source>
        <translation>
            <numerusform>Sporadisch: %n Stoß.</numerusform>
            <numerusform>Sporadisch: %n Stöße ohne Rhythmus.</numerusform>
        </translation>
    </message>
    <message>
        <source>Plateau: the tail is up since %1.</source>
        <translation>Plateau: Der Ausläufer ist seit %1 erhöht.</translation>
    </message>
    <message>
        <source>Plateau: the tail is up in all of this window.</source>
        <translation>Plateau: Der Ausläufer ist im ganzen Fenster erhöht.</translation>
    </message>
    <message>
        <source>It stays up: %1 of the slow requests came since.</source>
        <translation>Er bleibt erhöht: %1 der langsamen Anfragen kamen seither.</translation>
    </message>
</context>
<context>
    <name>binnacle::app::LatencyComparison</name>
    <message>
        <source>R</source>
        <translation>R</translation>
    </message>
    <message>
        <source>Stable and canary</source>
        <translation>Stable und Canary</translation>
    </message>
    <message>
        <source>Two windows</source>
        <translation>Zwei Fenster</translation>
    </message>
    <message>
        <source>Instances</source>
        <translation>Instanzen</translation>
    </message>
    <message>
        <source>What is compared</source>
        <translation>Was verglichen wird</translation>
    </message>
    <message>
        <source>C goes to the next</source>
        <translation>C geht zum nächsten</translation>
    </message>
    <message>
        <source>Instance</source>
        <translation>Instanz</translation>
    </message>
    <message>
        <source>Requests</source>
        <translation>Anfragen</translation>
    </message>
    <message>
        <source>p50</source>
        <translation>p50</translation>
    </message>
    <message>
        <source>p99</source>
        <translation>p99</translation>
    </message>
    <message>
        <source>Errors</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>To others</source>
        <translation>Zu anderen</translation>
    </message>
    <message>
        <source>Stable against canary</source>
        <translation>Stable gegen Canary</translation>
    </message>
    <message>
        <source>Unpin %1</source>
        <translation>%1 lösen</translation>
    </message>
    <message>
        <source>Pin this window</source>
        <translation>Dieses Fenster anheften</translation>
    </message>
    <message>
        <source>What comes later is compared with it</source>
        <translation>Was später kommt, wird damit verglichen</translation>
    </message>
    <message>
        <source>dashed: %1</source>
        <translation>gestrichelt: %1</translation>
    </message>
    <message>
        <source>outlined: %1</source>
        <translation>umrandet: %1</translation>
    </message>
    <message>
        <source>Stable</source>
        <translation>Stable</translation>
    </message>
    <message>
        <source>Canary</source>
        <translation>Canary</translation>
    </message>
    <message>
        <source>The canary took no request in these %1.</source>
        <translation>Der Canary nahm in diesen %1 keine Anfrage an.</translation>
    </message>
    <message>
        <source>Nothing is kept of the pinned window any more.</source>
        <translation>Vom angehefteten Fenster ist nichts mehr aufbewahrt.</translation>
    </message>
    <message>
        <source>Nothing is kept of the %1 before: pin a window (R), or wait.</source>
        <translation>Von den %1 davor ist nichts aufbewahrt: ein Fenster anheften (R) oder warten.</translation>
    </message>
    <message>
        <source>chance?</source>
        <translation>Zufall?</translation>
    </message>
    <message>
        <source>Too few requests to compare the tail of %1 with the others.</source>
        <translation>Zu wenige Anfragen, um den Ausläufer von %1 mit den anderen zu vergleichen.</translation>
    </message>
    <message>
        <source>%1 has no p99 that measurably differs from the others&apos; %2.</source>
        <translation>%1 hat kein p99, das sich messbar von %2 der anderen unterscheidet.</translation>
    </message>
    <message>
        <source>%1 has a p99 of %2, the others together %3.</source>
        <translation>%1 hat ein p99 von %2, die anderen zusammen %3.</translation>
    </message>
    <message>
        <source>The others</source>
        <translation>Die anderen</translation>
    </message>
    <message>
        <source>No instance took a request in these %1.</source>
        <translation>Keine Instanz nahm in diesen %1 eine Anfrage an.</translation>
    </message>
    <message>
        <source>One instance took all requests: there is none to compare it with.</source>
        <translation>Eine Instanz nahm alle Anfragen an: Es gibt keine zum Vergleich.</translation>
    </message>
    <message>
        <source>Pin</source>
        <translation>Anheften</translation>
    </message>
    <message>
        <source>Unpin</source>
        <translation>Lösen</translation>
    </message>
</context>
<context>
    <name>binnacle::app::LatencyFilter</name>
    <message>
        <source>Show all</source>
        <translation>Alle zeigen</translation>
    </message>
    <message>
        <source>Shift+F</source>
        <translation>Umschalt+F</translation>
    </message>
    <message>
        <source>all routes and instances</source>
        <translation>alle Routen und Instanzen</translation>
    </message>
    <message>
        <source>only %1</source>
        <translation>nur %1</translation>
    </message>
    <message>
        <source>All routes</source>
        <translation>Alle Routen</translation>
    </message>
    <message>
        <source>All versions</source>
        <translation>Alle Versionen</translation>
    </message>
    <message>
        <source>All instances</source>
        <translation>Alle Instanzen</translation>
    </message>
</context>
<context>
    <name>binnacle::app::TailPanel</name>
    <message>
        <source>What the tail is made of</source>
        <translation>Woraus der Ausläufer besteht</translation>
    </message>
    <message>
        <source>Only that</source>
        <translation>Nur das</translation>
    </message>
    <message>
        <source>O</source>
        <translation>O</translation>
    </message>
    <message>
        <source>Show the last burst</source>
        <translation>Letzten Stoß zeigen</translation>
    </message>
    <message>
        <source>B</source>
        <translation>B</translation>
    </message>
    <message>
        <source>Nothing comes now; of what came before: %1</source>
        <translation>Jetzt kommt nichts; von dem, was davor kam: %1</translation>
    </message>
    <message>
        <source>Only %1</source>
        <translation>Nur %1</translation>
    </message>
    <message>
        <source>Show the plateau</source>
        <translation>Plateau zeigen</translation>
    </message>
</context>
<context>
    <name>binnacle::LineChart</name>
    <message>
        <source>Widen to %1</source>
        <translation>Auf %1 erweitern</translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation>%1 min</translation>
    </message>
    <message>
        <source>%1 h</source>
        <translation>%1 h</translation>
    </message>
</context>
</TS>
