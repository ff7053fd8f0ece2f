import { UserError } from '@omnia-buildstream/core/errors/userError';
import type { StagePlan } from '@omnia-buildstream/core/stage/preparedStage';
import { phrase, together, type Phrase, type Said } from '@omnia-buildstream/core/text/phrase';
import { DeadlineError, withDeadline } from '@omnia-buildstream/engine/time/deadline';
import { systemClock } from '@omnia-buildstream/engine/time/systemClock';
import { othersTexts as texts } from './othersTexts.ts';

/** The result of one check: others at work, each as a sentence. If `notKnown` is set, there may be more. */
export interface Looked {
  readonly others: readonly Phrase[];
  readonly notKnown?: Said;
}

/** A place where others may be working on the nodes of a plan. */
export interface OtherPlace {
  readonly name: Phrase;
  /** Only reads. If it rejects, the error becomes the reason why the result is unknown. */
  readonly look: (plan: Pick<StagePlan, 'nodes'>, signal: AbortSignal) => Promise<Looked>;
}

interface Seen {
  readonly place: Phrase;
  readonly looked: Looked;
}

/** The results of all places; never empty. */
export type OthersSeen = readonly Seen[];

/** Longest wait for a server that does not respond, by the system clock because the servers are real. */
const mostMs = 15_000;

/** Checks all places at once. Never rejects: if the signal aborts it, the remaining places are unknown. */
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

/** Notes shown before the user is asked: who is at work, and what could not be checked. */
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

/** @throws UserError if others are at work; an unknown result does not throw */
export function refuseOthers(seen: OthersSeen): void {
  const others = othersIn(seen);
  if (others.length > 0) throw new UserError({ kind: 'others-at-work', others });
}

function othersIn(seen: OthersSeen): readonly Phrase[] {
  return seen.flatMap(({ looked: { others } }) => others);
}
