import { UserError } from '@omnia-buildstream/core/errors/userError';
import type { StagePlan } from '@omnia-buildstream/core/stage/preparedStage';
import { phrase, together, type Phrase, type Said } from '@omnia-buildstream/core/text/phrase';
import { DeadlineError, withDeadline } from '@omnia-buildstream/engine/time/deadline';
import { systemClock } from '@omnia-buildstream/engine/time/systemClock';
import { othersTexts as texts } from './othersTexts.ts';

/** What one look found: who is at work there, each as a sentence; where `notKnown` is given, there may be more. */
export interface Looked {
  readonly others: readonly Phrase[];
  readonly notKnown?: Said;
}

/** A place where others can be at work on the nodes of a plan. */
export interface OtherPlace {
  readonly name: Phrase;
  /** Reads only. What it rejects with is told as the reason why it is not known. */
  readonly look: (plan: Pick<StagePlan, 'nodes'>, signal: AbortSignal) => Promise<Looked>;
}

interface Seen {
  readonly place: Phrase;
  readonly looked: Looked;
}

/** Everything that was found; never empty. */
export type OthersSeen = readonly Seen[];

/** By the clock of the machine, because the servers are real; one that does not answer holds nobody up for longer. */
const mostMs = 15_000;

/** Looks at all places at once. Never rejects: who stops it does not know the rest. */
export function lookForOthers(
  places: readonly OtherPlace[],
  plan: Pick<StagePlan, 'nodes'>,
  signal: AbortSignal = new AbortController().signal,
): Promise<OthersSeen> {
  return Promise.all(
    places.map(async ({ name, look }): Promise<Seen> => {
      try {
        const looked = await withDeadline(systemClock, mostMs, signal, (inner) => look(plan, inner));
        return { place: name, looked };
      } catch (error) {
        return { place: name, looked: { others: [], notKnown: whyOf(error) } };
      }
    }),
  );
}

function whyOf(error: unknown): Said {
  if (error instanceof DeadlineError) return phrase(texts.late, { seconds: error.limitMs / 1000 });
  return error instanceof Error ? error.message : String(error);
}

/** What is read before the question: who is at work, and where nobody could look. */
export function othersNotes(seen: OthersSeen): readonly Phrase[] {
  const others = othersIn(seen);
  const looked = seen.flatMap(({ place, looked: { notKnown } }) => (notKnown === undefined ? [place] : []));
  return [
    ...others.map((what) => phrase(texts.seen, { what })),
    ...(others.length > 0 || looked.length === 0 ? [] : [phrase(texts.none, { places: together(looked, ', ') })]),
    ...seen.flatMap(({ place, looked: { notKnown: why } }) =>
      why === undefined ? [] : [phrase(texts.notKnown, { place, why })],
    ),
  ];
}

/** @throws UserError when somebody is at work; what is not known refuses nothing */
export function refuseOthers(seen: OthersSeen): void {
  const others = othersIn(seen);
  if (others.length > 0) throw new UserError({ kind: 'others-at-work', others });
}

function othersIn(seen: OthersSeen): readonly Phrase[] {
  return seen.flatMap(({ looked: { others } }) => others);
}
