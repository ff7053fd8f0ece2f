import * as vscode from 'vscode';
import { apiCommands } from '../oim/apiCommands.ts';
import { ApiClients } from '../oim/apiClients.ts';
import { apiServer } from '../oim/apiConfiguration.ts';
import { DeploymentDocuments } from '../oim/deploymentDocuments.ts';
import { clock, useClock } from '../platform/clock.ts';
import { DisposableStore } from '../platform/disposableStore.ts';
import { BmcLogins } from './bmc/bmcLogin.ts';
import { checkBmcs } from './bmc/checkBmcs.ts';
import { BmcCredentials } from './bmc/bmcCredentials.ts';
import { recoverBmc } from './bmc/recoverBmc.ts';
import { deployFacts } from './facts/askDeployFacts.ts';
import type { DeployFacts } from './facts/deployFacts.ts';
import { errorText } from '../errors/errorWords.ts';
import { checkHardware } from './hardware/checkHardware.ts';
import { findBmcs } from './hardware/findBmcs.ts';
import { HardwareProblems } from './hardware/hardwareProblems.ts';
import { presentError } from '../errors/presentError.ts';
import { retryFailed, runOnNodes, runStageCommand, showPowerState, stopStage, verifyCommand } from './runCommands.ts';
import { RunTimeline } from './history/runTimeline.ts';
import { showRunHistory } from './history/showRunHistory.ts';
import { RunningStages } from './session/runningStages.ts';
import type { StageContext } from './stageContext.ts';
import type { StageCommand, StagesPart, StagesParts } from './stagesPart.ts';
import { offeredTasks, resolvedTask, taskOf } from './stageTask.ts';
import { listTests, runTests } from './testing/testCommands.ts';
import { ServerTokens } from './tokens/serverTokens.ts';
import { openchamiToken, slurmToken } from './tokens/tokenKinds.ts';
import { stageTools } from './tools/stageTools.ts';
import { forgetSlurmToken, setSlurmToken } from './workload/slurmTokenCommands.ts';
import { ValidateResults } from './testing/validateResults.ts';
import { window } from '../platform/window.ts';

/** Entry point of the bundle: everything in the editor that runs stages and talks to BMCs. */
export function openStages(parts: StagesParts): StagesPart {
  useClock(parts.clock);
  return new Stages(parts);
}

type Handler = (args: readonly unknown[]) => unknown;

class Stages implements StagesPart {
  readonly #store = new DisposableStore();
  readonly #context: StageContext;
  readonly #commands: Readonly<Record<StageCommand, Handler>>;
  readonly facts: DeployFacts;
  readonly tools: StagesPart['tools'];
  readonly #timeline: RunTimeline;

  constructor(parts: StagesParts) {
    const running = this.#store.add(new RunningStages());
    const deployments = this.#store.add(
      new DeploymentDocuments(
        () => clock.now(),
        () => apiServer()?.host ?? '',
      ),
    );
    const credentials = new BmcCredentials(parts.secrets);
    const hardware = this.#store.add(new HardwareProblems());
    const context: StageContext = {
      ...parts,
      bmcs: new Map(),
      credentials,
      logins: new BmcLogins(credentials),
      tokens: {
        openchami: new ServerTokens(parts.secrets, openchamiToken),
        slurm: new ServerTokens(parts.secrets, slurmToken),
      },
      results: new ValidateResults(parts.tests, parts.live),
      running,
      apiClients: new ApiClients(parts.secrets),
      deployments,
      start: (request, asker = 'person') => vscode.tasks.executeTask(taskOf({ ...context, asker }, request)),
    };
    this.#context = context;
    this.#timeline = this.#store.add(new RunTimeline(parts));
    this.facts = deployFacts(context);
    this.tools = stageTools(context);
    this.#commands = {
      'buildstream.runStage': () => runStageCommand(context),
      'buildstream.runOnNodes': (args) => runOnNodes(context, args),
      'buildstream.retryFailed': () => retryFailed(context),
      'buildstream.verify': () => verifyCommand(context),
      'buildstream.stopStage': () => {
        stopStage(context);
      },
      'buildstream.showRunHistory': () => showRunHistory(context),
      'buildstream.showRunTimeline': () => {
        this.#timeline.show();
      },
      'buildstream.checkBmcs': () => checkBmcs(context, this.facts),
      'buildstream.showPowerState': (args) => showPowerState(context, args),
      'buildstream.checkHardware': (args) => checkHardware(context, hardware, args),
      'buildstream.findBmcs': (args) => findBmcs(context, args),
      'buildstream.recoverBmc': (args) => recoverBmc(context, args),
      'buildstream.setBmcCredentials': () => this.#setCredentials(),
      'buildstream.forgetBmcCredentials': () => this.#forgetCredentials(),
      'buildstream.setSlurmToken': () => setSlurmToken(context.tokens.slurm),
      'buildstream.forgetSlurmToken': () => forgetSlurmToken(context.tokens.slurm),
      ...apiCommands(context),
    };
    const reset = (): void => {
      context.logins.reset();
    };
    this.#store.add(parts.secrets.onDidChange(reset));
    this.#store.add(
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('buildstream.engine')) reset();
      }),
    );
  }

  restoreTimeline(panel: vscode.WebviewPanel): void {
    this.#timeline.use(panel);
  }

  run(command: StageCommand, args: readonly unknown[]): Promise<void> {
    return this.#presented(async () => {
      await this.#commands[command](args);
    });
  }

  async listTests(isAsked: boolean): Promise<void> {
    const list = (): Promise<void> => listTests(this.#context);
    if (isAsked) return this.#presented(list);
    try {
      await list();
    } catch (error) {
      this.#context.log.info(errorText(error) ?? String(error));
    }
  }

  runTests(request: vscode.TestRunRequest, token: vscode.CancellationToken): Promise<void> {
    return this.#presented(() => runTests(this.#context, request, token));
  }

  async #presented(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      // Not awaited, because the message stays until the user closes it.
      void presentError(error, this.#context.log);
    }
  }

  provideTasks(): vscode.Task[] {
    return offeredTasks(this.#context);
  }

  resolveTask(task: vscode.Task): vscode.Task {
    return resolvedTask(this.#context, task);
  }

  dispose(): void {
    this.#store.dispose();
  }

  async #setCredentials(): Promise<void> {
    const hosts = await this.#context.credentials.set();
    if (hosts === undefined) return;
    void window.showInformationMessage(vscode.l10n.t('Credentials for the BMCs {0} were stored.', hosts));
  }

  async #forgetCredentials(): Promise<void> {
    const hosts = await this.#context.credentials.forget();
    if (hosts === undefined) return;
    void window.showInformationMessage(vscode.l10n.t('Credentials for the BMCs {0} were deleted.', hosts));
  }
}
