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
  /** Whether a BuildStreaM API is named at all. */
  readonly hasApi: () => boolean;
  readonly facts: () => Promise<Pick<DeployFacts, 'imageGroups'>>;
  /** Names are other ones now. */
  readonly onNamed: () => void;
}

/** Sees to it that views and notifications call an image group as questions do, also after a reload. */
export class ImageNaming {
  readonly #parts: NamingParts;
  /** Names of select jobs for which the API was asked. */
  readonly #asked = new Set<string>();

  #told: number;

  constructor(parts: NamingParts) {
    this.#parts = parts;
    imageNames.learn(parts.state.get<readonly string[]>(key) ?? []);
    this.#told = imageNames.ids.length;
  }

  /** Asks the API once for each select job that tells no more than its name. Nothing waits: signing in there takes long. */
  async look(trees: Iterable<PipelineNode>): Promise<void> {
    const { state, hasApi, onNamed } = this.#parts;
    const images = [...trees].flatMap((tree) => findDeployRun(tree)?.images ?? []);
    const unasked = images.filter(({ name }) => imageNames.isUnknown(name) && !this.#asked.has(name));
    for (const { name } of unasked) this.#asked.add(name);
    // Without an answer the names of the jobs do.
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
