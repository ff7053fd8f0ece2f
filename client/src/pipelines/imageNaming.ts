import type { Job } from '@omnia-buildstream/gitlab/model/job';
import { nameGroups } from '@omnia-buildstream/gitlab/omnia/listedGroups';
import { findDeployRun } from '@omnia-buildstream/gitlab/tree/deployRun';
import { imageNames } from '@omnia-buildstream/gitlab/tree/imageNames';
import type { PipelineNode } from '@omnia-buildstream/gitlab/tree/nodes';
import type * as vscode from 'vscode';
import type { DeployFacts } from '../stages/facts/deployFacts.ts';

const key = 'gitlab.imageGroups';

interface NamingParts {
  readonly state: Pick<vscode.Memento, 'get' | 'update'>;
  /** Whether a BuildStreaM API is configured. */
  readonly hasApi: () => boolean;
  readonly facts: () => Promise<Pick<DeployFacts, 'imageGroups'>>;
  /** Called when names have changed. */
  readonly onNamed: () => void;
}

/** Makes views and notifications name an image group as questions do, even after a reload. */
export class ImageNaming {
  readonly #parts: NamingParts;
  /** Names of select jobs that the API was already asked about. */
  readonly #asked = new Set<string>();

  #told: number;

  constructor(parts: NamingParts) {
    this.#parts = parts;
    imageNames.learn(parts.state.get<readonly string[]>(key) ?? []);
    this.#told = imageNames.ids.length;
  }

  /**
   * Asks the API once about each select job that reveals only its name. Nothing waits for it: signing in there takes
   * long.
   */
  async look(trees: Iterable<PipelineNode>): Promise<void> {
    const { state, hasApi, onNamed } = this.#parts;
    const images = [...trees].flatMap((tree) => findDeployRun(tree)?.images ?? []);
    const unasked = images.filter(({ name }) => imageNames.isUnknown(name) && !this.#asked.has(name));
    for (const { name } of unasked) this.#asked.add(name);
    // Without an answer, the names of the jobs are used.
    if (unasked.length > 0 && hasApi()) await this.#ask(unasked).catch(() => undefined);
    const { ids } = imageNames;
    if (ids.length === this.#told) return;
    this.#told = ids.length;
    await state.update(key, ids);
    onNamed();
  }

  async #ask(images: readonly Job[]): Promise<void> {
    await nameGroups(await this.#parts.facts(), images);
  }
}
