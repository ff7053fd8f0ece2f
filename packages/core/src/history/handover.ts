import { phrase, type Phrase } from '../text/phrase.ts';
import type { Template } from '../text/message.ts';
import { bmcActTitles, isBmcAct, nextAtBmcs } from './bmcActs.ts';
import { actTexts, isGitLabAct, leftInGitLab, nextInGitLab } from './gitlabActs.ts';
import { countPhrases, hasFailed, stopPhrases } from './endPhrases.ts';
import { backendTexts, historyTexts as texts, programTexts, stopTexts } from './historyTexts.ts';
import { nodesByEnd, stillDrained, type NodeInRun, type RunHistory } from './runHistory.ts';

/** A run for the person who takes over, before it is worded. */
export interface Handover {
  readonly title: Phrase;
  /** When, who, what, by which files, and how the questions were answered. */
  readonly about: readonly Phrase[];
  /** What there was to read before the answers, in the words that were shown. */
  readonly shown: readonly string[];
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
    title: phrase(texts.title, { stage: worded(stage, titles), user: known(by.user), host: known(by.host) }),
    about: aboutOf(run),
    shown: begun.shown,
    done: doneOf(run),
    notes,
    failed: nodes.filter(({ result }) => result?.status === 'failed'),
    left: isGitLabAct(run) ? leftInGitLab(run) : leftPhrases(run),
    next: isGitLabAct(run) ? nextInGitLab(run) : isBmcAct(run) ? nextAtBmcs(run) : phrase(nextOf(run)),
  };
}

/** Acts that are not stages, by their name in a record. */
const titles: Readonly<Record<string, Template>> = { ...actTexts, ...bmcActTitles };

/** A word of a record in the user's language; one that is not known here stays as it is. */
function worded(word: string, table: Readonly<Record<string, Template>>): string | Phrase {
  const message = Object.hasOwn(table, word) ? table[word] : undefined;
  return message === undefined ? known(word) : { message, params: {} };
}

function known(text: string): string | Phrase {
  return text === '' ? phrase(texts.unknown) : text;
}

function aboutOf({ begun, end }: RunHistory): Phrase[] {
  const { at: from, by, stage, backend, imageGroup, jobId, mapping, answers, server, subject } = begun;
  const plan = begun.plan.slice(0, 16);
  const who = {
    user: known(by.user),
    host: known(by.host),
    program: worded(by.program, programTexts),
    version: by.version,
  };
  return [
    end === undefined ? phrase(texts.notEnded, { from }) : phrase(texts.when, { from, to: end.at }),
    phrase(texts.who, who),
    ...(by.gitlabUser === '' ? [] : [phrase(texts.atGitLab, { user: by.gitlabUser, server })]),
    ...(by.gitlabUser !== '' || server === '' ? [] : [phrase(texts.onServer, { server })]),
    ...(subject === '' ? [] : [phrase(texts.subject, { subject })]),
    phrase(texts.what, {
      stage: worded(stage, titles),
      backend: worded(backend, backendTexts),
      imageGroup: known(imageGroup),
      jobId: known(jobId),
    }),
    ...(plan === ''
      ? []
      : [
          mapping === undefined
            ? phrase(texts.noMapping, { plan })
            : phrase(texts.digests, { file: mapping.file, mapping: mapping.digest.slice(0, 16), plan }),
        ]),
    ...answers.map(({ question, answer }) => phrase(texts.answered, { question, answer })),
  ];
}

function doneOf(run: RunHistory): Phrase[] {
  const { nodes, end } = run;
  const leftAlone = nodes.filter(({ action }) => action === 'leave').length;
  return [
    ...countPhrases(run),
    ...(leftAlone === 0 ? [] : [phrase(texts.leftAlone, { count: leftAlone })]),
    ...stopPhrases(run),
    ...(end === undefined || end.summary === ''
      ? []
      : [phrase(isGitLabAct(run) ? texts.madeInGitLab : texts.said, { text: end.summary })]),
  ];
}

function leftPhrases(run: RunHistory): Phrase[] {
  const { left, untold } = nodesByEnd(run);
  const isUnknown = untold.length > 0 && run.end?.outcome !== 'succeeded';
  if (left.length === 0 && !isUnknown) {
    return [phrase(untold.length > 0 ? texts.wholeSucceeded : texts.nothingLeft), ...drainedPhrases(run)];
  }
  const named = (isFailed: boolean): string =>
    left
      .filter((node) => hasFailed(node) === isFailed)
      .map(({ hostname }) => hostname)
      .join(', ');
  const [failed, notTried] = [named(true), named(false)];
  return [
    ...drainedPhrases(run),
    ...(failed === '' ? [] : [phrase(texts.failedLeft, { nodes: failed })]),
    ...(notTried === '' ? [] : [phrase(texts.notTried, { nodes: notTried })]),
    ...(isUnknown ? [phrase(texts.leftUnknown, { count: untold.length })] : []),
  ];
}

function drainedPhrases(run: RunHistory): Phrase[] {
  const nodes = [...stillDrained([run]).values()].join(', ');
  return nodes === '' ? [] : [phrase(texts.drained, { nodes })];
}

type Next = Extract<
  keyof typeof texts,
  'resume' | 'nothingNext' | 'lookUp' | 'findOut' | 'mend' | 'mendStage' | 'goOn'
>;

/** What the person who takes over does first. */
function nextOf(run: RunHistory): (typeof texts)[Next] {
  const { begun, end } = run;
  if (end === undefined) return texts.resume;
  const { left, untold } = nodesByEnd(run);
  if (left.length === 0 && (untold.length === 0 || end.outcome === 'succeeded')) return texts.nothingNext;
  if (end.outcome === 'unknown' && begun.backend === 'oim') return texts.lookUp;
  if (end.stopped === 'canary-failed') return texts.findOut;
  if (left.some(hasFailed)) return texts.mend;
  // Nobody stopped it: it failed as a whole, or was not begun.
  const wasStopped = Object.hasOwn(stopTexts, end.stopped) && end.stopped !== 'not-started';
  return end.outcome === 'failed' && !wasStopped ? texts.mendStage : texts.goOn;
}
