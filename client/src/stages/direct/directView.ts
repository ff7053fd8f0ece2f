import path from 'node:path';
import { targetsOf } from '@omnia-buildstream/core/plan/targets';
import { plainLine } from '@omnia-buildstream/core/text/foreignText';
import type { StageEvent } from '@omnia-buildstream/runner/stageEvent';
import { UnderWay } from '@omnia-buildstream/engine/stage/underWay';
import { watchedStateFiles } from '@omnia-buildstream/runner/stateFolder';
import * as vscode from 'vscode';
import { waitingText } from '../../nodes/waitingText.ts';
import { keepSeen } from '../facts/keepSeen.ts';
import { showLive } from '../session/liveEvents.ts';
import { NodePlaces } from '../nodePlaces.ts';
import { say } from '../../platform/say.ts';
import { countText, notifyWhile } from '../session/runNotification.ts';
import type { RunView } from '../session/runView.ts';
import type { StageContext } from '../stageContext.ts';
import type { SessionRun } from '../stageDefinition.ts';
import { countAfter, nothingYet, type StageCount } from '../session/stageProgress.ts';
import { exitCodes } from '../exitCodes.ts';
import { tellOutcome, type UntrustedBmc } from '../session/tellOutcome.ts';
import { eventLine, painted, type TerminalWords } from '../session/terminalText.ts';
import type { DirectInput } from './directInput.ts';
import type { DirectOffer, DirectWords } from './directOffer.ts';
import { imageGiven } from './imageGiven.ts';

interface Viewed<End> {
  readonly context: StageContext;
  readonly input: DirectInput;
  readonly offer: DirectOffer<End>;
  readonly run: SessionRun;
  readonly title: string;
  readonly words: DirectWords;
  /** Folder of the state. */
  readonly folder: string;
  /** Name of the stage in lines for the problem matcher. */
  readonly name: string;
}

/** Shows a stage that the local stage engine runs, node by node. */
export class DirectView<End> implements RunView<End> {
  readonly #viewed: Viewed<End>;
  readonly #places: NodePlaces;
  readonly #terminal: TerminalWords;
  readonly #untrusted: UntrustedBmc[] = [];
  readonly #images = new Map<string, { readonly image: string; readonly at: number }>();
  readonly #underWay = new UnderWay();
  #count: StageCount = nothingYet;

  constructor(viewed: Viewed<End>) {
    const { input, words } = viewed;
    this.#viewed = viewed;
    this.#places = new NodePlaces(input.file, targetsOf(input.text, input.version));
    this.#terminal = wordsOf(words);
  }

  begin(ended: Promise<void>): void {
    const { context, offer, run, title } = this.#viewed;
    const { live, results } = context;
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
      text: () => this.#text(),
      stop: run.stop,
    });
  }

  show(event: StageEvent): void {
    const { context, offer, run, words, name } = this.#viewed;
    this.#count = countAfter(this.#count, event);
    this.#underWay.show(event);
    context.live.setProgress(this.#text());
    const nodes = offer.prepared.nodes.map(({ target }) => target);
    showLive(context.live, event, { words, places: this.#places, nodes });
    context.results.show(event);
    this.#showImage(event);
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
    const { context, input, offer, folder } = this.#viewed;
    if (this.#images.size > 0) void keepSeen(input.project, { image: this.#images }, context);
    if (offer.tests !== undefined) context.results.end();
    const written = watchedStateFiles.map((name) => vscode.Uri.file(path.join(folder, name)));
    // The state is on disk now and replaces what the run reported.
    void context.nodes.changedOnDisk(...written).finally(() => {
      context.live.end();
    });
  }

  /** Shows the image immediately in this window. Other windows show it once the run has ended. */
  #showImage(event: StageEvent): void {
    const given = imageGiven(event);
    if (given === undefined) return;
    const [bmcIp, { image, at }] = given;
    this.#images.set(bmcIp, { image, at });
    this.#viewed.context.live.tell(bmcIp, { source: 'image', at, text: plainLine(image) });
  }

  /** The progress of the run, and which nodes it waits for. */
  #text(): string {
    const parts = [countText(this.#count, this.#viewed.words.unit), waitingText(this.#underWay.awaited(this.#count))];
    return parts.filter((part) => part !== '').join(', ');
  }

  #addresses(): string[] {
    return this.#viewed.offer.prepared.nodes.map(({ target }) => target.bmcIp);
  }
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
