import path from 'node:path';
import { stateFileNames } from '@omnia-buildstream/core/restart/engineState';
import type { SeenNodes } from '@omnia-buildstream/core/nodes/seenNodes';
import { planDeploy } from '@omnia-buildstream/core/plan/planDeploy';
import { targetsOf, type Target } from '@omnia-buildstream/core/plan/targets';
import { plainLine } from '@omnia-buildstream/core/text/foreignText';
import type { StageEvent } from '@omnia-buildstream/runner/stageEvent';
import * as vscode from 'vscode';
import { bmcAddress } from '../../nodes/bmcAddress.ts';
import { keepSeen } from '../facts/keepSeen.ts';
import { machine } from '../machine.ts';
import { showLive } from '../liveEvents.ts';
import { NodePlaces } from '../nodePlaces.ts';
import { say } from '../../platform/say.ts';
import { countText, notifyWhile } from '../runNotification.ts';
import type { RunView } from '../runView.ts';
import type { StageContext } from '../stageContext.ts';
import type { SessionRun } from '../stageDefinition.ts';
import { countAfter, nothingYet, type StageCount } from '../stageProgress.ts';
import { exitCodes } from '../exitCodes.ts';
import { tellOutcome, type UntrustedBmc } from '../tellOutcome.ts';
import { eventLine, painted, type TerminalWords } from '../terminalText.ts';
import type { DirectInput } from './directInput.ts';
import type { DirectOffer, DirectWords } from './directOffer.ts';

/** What the language server reads of a state. */
const stateFiles = [stateFileNames.journal, stateFileNames.restartState, stateFileNames.failedNodes];

interface Viewed<End> {
  readonly context: StageContext;
  readonly input: DirectInput;
  readonly offer: DirectOffer<End>;
  readonly run: SessionRun;
  readonly title: string;
  readonly words: DirectWords;
  /** Of the state. */
  readonly folder: string;
  /** As the problem matcher reads it. */
  readonly name: string;
}

/** Shows a stage that the stage engine here runs, node by node. */
export class DirectView<End> implements RunView<End> {
  readonly #viewed: Viewed<End>;
  readonly #rows: readonly Target[];
  readonly #places: NodePlaces;
  readonly #terminal: TerminalWords;
  readonly #untrusted: UntrustedBmc[] = [];
  #count: StageCount = nothingYet;

  constructor(viewed: Viewed<End>) {
    const { input, words } = viewed;
    this.#viewed = viewed;
    this.#rows = targetsOf(input.text, input.version);
    this.#places = new NodePlaces(input.file, this.#rows);
    this.#terminal = wordsOf(words);
  }

  begin(ended: Promise<void>): void {
    const { context, input, offer, run, title, words } = this.#viewed;
    const { live, results } = context;
    const image = imagesOf(input, this.#rows);
    for (const [bmcIp, { at, image: text }] of image) live.tell(bmcIp, { source: 'image', at, text: plainLine(text) });
    if (image.size > 0) void keepSeen(input.project, { image }, context);
    const waiting = { phase: 'waiting', word: vscode.l10n.t('queued'), message: '' } as const;
    live.begin(this.#addresses(), waiting);
    if (offer.tests !== undefined) {
      results.begin(offer.tests, this.#places, () => {
        run.stop.pressAtOnce();
      });
    }
    notifyWhile(ended, {
      title: vscode.l10n.t('BuildStreaM: {0}', title),
      count: () => this.#count,
      unit: words.unit,
      stop: run.stop,
    });
  }

  show(event: StageEvent): void {
    const { context, offer, run, words, name } = this.#viewed;
    this.#count = countAfter(this.#count, event);
    context.live.setProgress(countText(this.#count, words.unit));
    const nodes = offer.prepared.nodes.map(({ target }) => target);
    showLive(context.live, event, { words, places: this.#places, nodes });
    context.results.show(event);
    if (event.type === 'node-finished' && event.failure === 'tls') this.#untrusted.push({ bmcIp: event.bmcIp });
    const line = eventLine(event, { stage: name, words: this.#terminal, places: this.#places });
    if (line !== undefined) run.write(line);
  }

  async tell(end: End): Promise<number> {
    const { context, input, offer, run, title } = this.#viewed;
    const { summary, isGood, notes, report, canNarrow = false } = await offer.outcomeOf(end);
    run.write('', painted(isGood ? 'green' : 'yellow', summary), ...notes);
    const look = offer.verify;
    const verify = look !== undefined && isGood ? () => look(context) : undefined;
    const { bmcPort: port } = input.settings;
    const told = { title, summary, isGood, untrusted: this.#untrusted, port, report, verify, canNarrow };
    void tellOutcome(context, told);
    return isGood ? exitCodes.ok : exitCodes.someFailed;
  }

  end(): void {
    const { context, offer, folder } = this.#viewed;
    if (offer.tests !== undefined) context.results.end();
    const written = stateFiles.map((name) => vscode.Uri.file(path.join(folder, name)));
    // The state is on the disk now: what it says takes the place of what the run said.
    void context.nodes.changedOnDisk(...written).finally(() => {
      context.live.end();
    });
  }

  #addresses(): string[] {
    return this.#viewed.offer.prepared.nodes.map(({ target }) => target.bmcIp);
  }
}

/** Which image each node boots, as far as the list of images tells. */
function imagesOf({ groups, imageGroup }: DirectInput, rows: readonly Target[]): SeenNodes['image'] {
  const group = groups?.find(({ id }) => id === imageGroup);
  if (group === undefined) return new Map();
  const at = machine.clock.now();
  const { nodes } = planDeploy({ rows, imageGroup, images: group.images });
  return new Map(nodes.map(({ target, image }) => [bmcAddress(target.bmcIp), { at, image: image.name }]));
}

function wordsOf({ doneWord }: DirectWords): TerminalWords {
  return {
    done: doneWord(),
    left: vscode.l10n.t('not tried'),
    outcomes: {
      passed: vscode.l10n.t('passed'),
      failed: vscode.l10n.t('failed'),
      error: vscode.l10n.t('error'),
      skipped: vscode.l10n.t('skipped'),
    },
    levels: { warning: vscode.l10n.t('warning'), error: vscode.l10n.t('error') },
    stopping: (detail) => vscode.l10n.t('Stopping: {0}', detail),
    say,
  };
}
