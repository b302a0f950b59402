/** `/settings/roster`: who may be called, how each is reached, and who is on duty when. Nothing holds before it is saved. */
import { Button, Form } from 'antd';
import { useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import type { ChannelList } from '../../../shared/incidents/channels.ts';
import type { CalendarAnswer } from '../../../shared/kpi/calendar.ts';
import type { Roster } from '../../../shared/incidents/roster.ts';
import { useActor } from '../../desk-kit/actor.ts';
import { ExportButton } from '../../desk-kit/export-button.tsx';
import { Section } from '../../desk-kit/page-title.tsx';
import { Answered, useFaultWords } from '../../desk-kit/states.tsx';
import { useAsked } from '../../desk-kit/use-asked.ts';
import { dayOf, hourMinute } from '../../format/instant.ts';
import { addDays, mondayOf } from '../../format/zoned.ts';
import { useDeskWords } from '../../i18n/desk/use-desk-words.ts';
import { useScreen, useWorkspace } from '../../state/screen-context.tsx';
import { ask } from '../../wire/ask.ts';
import { ChangeList } from '../change-list.tsx';
import { SaveOutcome } from '../save-outcome.tsx';
import { SettingsFrame } from '../settings-frame.tsx';
import { WhoFields, type Who } from '../who-fields.tsx';
import { GapList } from './gap-list.tsx';
import { readShifts, type ReadShift } from './on-duty.ts';
import { People } from './people.tsx';
import { shiftFields } from './read-shifts.ts';
import { copiedWeek, rosterOf, sameShift, type RosterDraft } from './roster-draft.ts';
import { useRosterWords } from './roster-words.ts';
import { ShiftForm } from './shift-form.tsx';
import { ShiftImport } from './shift-import.tsx';
import { WeekView } from './week-view.tsx';

interface RosterAnswer {
  readonly value: Roster;
  readonly version: number;
}

/** The row that the server names, in words; what it says of it stands behind. */
function useFaultPlace(draft: RosterDraft): (path: string | undefined) => string {
  const words = useRosterWords(draft.people);
  return (path) => {
    const found = /^value\.(people|shifts)\[(\d+)\]/u.exec(path ?? '');
    const index = Number(found?.[2]);
    const [person, shift] = [draft.people[index], draft.shifts[index]];
    if (found?.[1] === 'people' && person) return `${person.name}: `;
    return found?.[1] === 'shifts' && shift ? `${words.shift(shift)}: ` : '';
  };
}

function SaveForm({
  before,
  after,
  basedOn,
  onSaved,
}: {
  readonly before: RosterDraft;
  readonly after: RosterDraft;
  /** The version that `before` is. */
  readonly basedOn: number;
  /** Reads the roster that stands. */
  readonly onSaved: () => void;
}): ReactNode {
  const { t } = useDeskWords();
  const faultWords = useFaultWords();
  const faultPlace = useFaultPlace(after);
  const words = useRosterWords([...before.people, ...after.people]);
  const [actor, setActor] = useActor();
  const [who, setWho] = useState<Who | null>(null);
  const [busy, setBusy] = useState(false);
  const [saved, setSaved] = useState(false);
  const [refused, setRefused] = useState<string | null>(null);
  // Of another draft nothing was shown yet.
  const [shown, setShown] = useState(after);
  const preview = who !== null && shown === after;

  const save = async ({ owner, reason }: Who): Promise<void> => {
    setBusy(true);
    setRefused(null);
    const body = { value: rosterOf(after), owner: owner.trim(), reason: reason.trim(), basedOn };
    const answer = await ask('/api/policies/roster', { method: 'PUT', body });
    setBusy(false);
    setWho(null);
    setSaved(answer.outcome === 'ok');
    if (answer.outcome === 'ok') {
      setActor(owner.trim());
      onSaved();
    } else {
      const path = answer.outcome === 'unreachable' ? undefined : answer.problem.path;
      setRefused(`${faultPlace(path)}${faultWords(answer)}`);
      // What somebody else has set is then what the next preview compares with.
      if (answer.outcome === 'conflict') onSaved();
    }
  };
  return (
    <Form<Who>
      layout="vertical"
      className="settings-form"
      requiredMark={false}
      initialValues={{ owner: actor, reason: '' }}
      onValuesChange={() => setWho(null)}
      onFinish={(values) => {
        setWho(values);
        setShown(after);
        setSaved(false);
        setRefused(null);
      }}
    >
      <WhoFields later={false} />
      {preview && <ChangeList changes={words.changes(before, after)} />}
      <div className="save-actions">
        {preview ? (
          <>
            <Button type="primary" loading={busy} onClick={() => void save(who)}>
              {t('settings.save')}
            </Button>
            <Button onClick={() => setWho(null)}>{t('settings.back')}</Button>
          </>
        ) : (
          <Button type="primary" htmlType="submit">
            {t('settings.preview')}
          </Button>
        )}
      </div>
      <SaveOutcome saved={saved} refused={refused} />
    </Form>
  );
}

function Editor({ stored, again }: { readonly stored: RosterAnswer; readonly again: () => void }): ReactNode {
  const { t } = useDeskWords();
  const { timeZone } = useWorkspace();
  const today = useScreen((screen) => dayOf(screen.now, timeZone));
  const channels = useAsked<ChannelList>('/api/channels').value?.channels.map(({ id }) => id) ?? null;
  const before = useMemo<RosterDraft>(() => ({ people: stored.value.people, shifts: readShifts(stored.value.shifts) }), [stored]);
  const [draft, setDraft] = useState(before);
  const [monday, setMonday] = useState(() => mondayOf(today));
  const [copied, setCopied] = useState<number | null>(null);
  const days = useAsked<CalendarAnswer>(`/api/calendar?from=${monday}&to=${addDays(monday, 13)}`).value?.days;
  const words = useRosterWords(draft.people);
  const { people, shifts } = draft;

  const addShifts = (more: readonly ReadShift[]): void => setDraft({ people, shifts: [...shifts, ...more] });
  const turn = (next: string): void => {
    setMonday(next);
    setCopied(null);
  };
  const copyWeek = (): void => {
    const like = new Map(days?.map(({ day, weekdayLike }) => [day, weekdayLike]));
    const copies = copiedWeek(shifts, monday, timeZone, (day) => like.get(day) ?? -1);
    addShifts(copies);
    setMonday(addDays(monday, 7));
    setCopied(copies.length);
  };
  return (
    <>
      <Section title={t('alerts.roster.gaps')} note={t('alerts.roster.gapsNote')}>
        <GapList version={stored.version} />
      </Section>
      <Section
        id="week"
        title={t('alerts.roster.week')}
        note={t('alerts.roster.weekNote', { zone: timeZone })}
        actions={
          <>
            <Button onClick={() => turn(addDays(monday, -7))}>{t('alerts.roster.before')}</Button>
            <Button onClick={() => turn(mondayOf(today))}>{t('alerts.roster.thisWeek')}</Button>
            <Button onClick={() => turn(addDays(monday, 7))}>{t('alerts.roster.after')}</Button>
            <Button disabled={days === undefined} onClick={copyWeek}>
              {t('alerts.roster.copyWeek')}
            </Button>
            <ExportButton
              table={() => ({
                name: t('alerts.roster.title'),
                columns: shiftFields.map((field) => t(`alerts.roster.column.${field}`)),
                rows: shifts.map(({ role, person, from, to }) => [
                  t(`alerts.role.${role}`),
                  words.name(person),
                  `${dayOf(from, timeZone)} ${hourMinute(from, timeZone)}`,
                  `${dayOf(to, timeZone)} ${hourMinute(to, timeZone)}`,
                ]),
              })}
            />
          </>
        }
      >
        {copied !== null && (
          <p className="save-outcome" role="status">
            {t('alerts.roster.copied', { count: copied })}
          </p>
        )}
        <WeekView
          shifts={shifts}
          monday={monday}
          name={words.name}
          onRemove={(shift) => setDraft({ people, shifts: shifts.filter((one) => !sameShift(one, shift)) })}
        />
        <ShiftForm key={monday} people={people} standing={shifts} monday={monday} onAdd={addShifts} />
      </Section>
      <Section id="import" title={t('alerts.roster.import')} note={t('alerts.roster.importNote')}>
        <ShiftImport people={people} standing={shifts} monday={monday} onAdd={addShifts} />
      </Section>
      <Section id="people" title={t('alerts.roster.people')} note={t('alerts.roster.peopleNote')}>
        <People
          people={people}
          channels={channels}
          // Who is gone has no shifts any more.
          onChange={(next) => setDraft({ people: next, shifts: shifts.filter(({ person }) => next.some(({ id }) => id === person)) })}
        />
      </Section>
      <Section id="save" title={t('settings.save')}>
        <SaveForm before={before} after={draft} basedOn={stored.version} onSaved={again} />
      </Section>
    </>
  );
}

function RosterSettings(): ReactNode {
  const asked = useAsked<RosterAnswer>('/api/policies/roster');
  return <Answered asked={asked}>{(stored) => <Editor stored={stored} again={asked.again} />}</Answered>;
}

export function RosterPage(): ReactNode {
  return (
    <SettingsFrame page="roster">
      <RosterSettings />
    </SettingsFrame>
  );
}
