import { phrase, type Phrase } from '../text/phrase.ts';
import type { Template } from '../text/message.ts';
import { historyTexts as texts, stopTexts } from './historyTexts.ts';
import { leftOf, type NodeInRun, type RunHistory } from './runHistory.ts';

/** A run for whoever takes over, before it is worded. */
export interface Handover {
  readonly title: Phrase;
  /** When, who, what, by which files, and how the questions were answered. */
  readonly about: readonly Phrase[];
  readonly done: readonly Phrase[];
  /** In the words of the run. */
  readonly notes: readonly string[];
  readonly failed: readonly NodeInRun[];
  readonly left: readonly Phrase[];
  readonly next: Phrase;
}

export function handoverOf(run: RunHistory): Handover {
  const { begun, nodes, notes } = run;
  const { by, stage } = begun;
  return {
    title: phrase(texts.title, { stage, user: known(by.user), host: known(by.host) }),
    about: aboutOf(run),
    done: doneOf(run),
    notes,
    failed: nodes.filter(({ result }) => result?.status === 'failed'),
    left: leftPhrases(run),
    next: phrase(nextOf(run)),
  };
}

function known(text: string): string | Phrase {
  return text === '' ? phrase(texts.unknown) : text;
}

function aboutOf({ begun, end }: RunHistory): Phrase[] {
  const { at: from, by, stage, backend, imageGroup, jobId, mapping, answers } = begun;
  const plan = begun.plan.slice(0, 16);
  const who = { user: known(by.user), host: known(by.host), program: by.program, version: by.version };
  return [
    end === undefined ? phrase(texts.notEnded, { from }) : phrase(texts.when, { from, to: end.at }),
    phrase(texts.who, who),
    phrase(texts.what, { stage, backend, imageGroup: known(imageGroup), jobId: known(jobId) }),
    mapping === undefined
      ? phrase(texts.noMapping, { plan })
      : phrase(texts.digests, { file: mapping.file, mapping: mapping.digest.slice(0, 16), plan }),
    ...answers.map(({ question, answer }) => phrase(texts.answered, { question, answer })),
  ];
}

function doneOf({ nodes, end }: RunHistory): Phrase[] {
  const ofRun = nodes.filter(({ action }) => action === 'run');
  const count = (status: string): number => ofRun.filter(({ result }) => result?.status === status).length;
  const [succeeded, failed] = [count('success'), count('failed')];
  const reset = nodes.filter(({ resets }) => resets.length > 0).length;
  const counts = { total: ofRun.length, succeeded, failed, notTried: ofRun.length - succeeded - failed, reset };
  const leftAlone = nodes.length - ofRun.length;
  return [
    phrase(texts.counts, counts),
    ...(leftAlone === 0 ? [] : [phrase(texts.leftAlone, { count: leftAlone })]),
    ...(end === undefined || end.stopped === '' ? [] : [phrase(texts.stopped, { why: stopWords(end.stopped) })]),
    ...(end === undefined || end.summary === '' ? [] : [phrase(texts.said, { text: end.summary })]),
  ];
}

function leftPhrases(run: RunHistory): Phrase[] {
  const left = leftOf(run);
  if (left.length === 0) return [phrase(texts.nothingLeft)];
  const named = (isFailed: boolean): string =>
    left
      .filter(({ result }) => (result?.status === 'failed') === isFailed)
      .map(({ hostname }) => hostname)
      .join(', ');
  const [failed, notTried] = [named(true), named(false)];
  return [
    ...(failed === '' ? [] : [phrase(texts.failedLeft, { nodes: failed })]),
    ...(notTried === '' ? [] : [phrase(texts.notTried, { nodes: notTried })]),
  ];
}

type Next = Extract<keyof typeof texts, 'resume' | 'nothingNext' | 'findOut' | 'mend' | 'goOn'>;

/** What whoever takes over does first. */
function nextOf(run: RunHistory): (typeof texts)[Next] {
  const { end } = run;
  if (end === undefined) return texts.resume;
  const left = leftOf(run);
  if (left.length === 0) return texts.nothingNext;
  if (end.stopped === 'canary-failed') return texts.findOut;
  return left.some(({ result }) => result?.status === 'failed') ? texts.mend : texts.goOn;
}

function stopWords(stopped: string): string | Phrase {
  const text: Template | undefined = Object.hasOwn(stopTexts, stopped) ? stopTexts[stopped] : undefined;
  return text === undefined ? stopped : { message: text, params: {} };
}
