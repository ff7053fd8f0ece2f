import type { ExpectedFact } from '@omnia-buildstream/core/context/context';
import { mappingRules } from '@omnia-buildstream/core/rules/registry';
import { skippedRules, type ValidationSettings } from '@omnia-buildstream/core/validation/settings';
import type { Output } from '../io.ts';
import type { ValidateOptions } from './options.ts';

const optionFor: Readonly<Record<ExpectedFact, string>> = {
  network: '--network-spec',
  share: '--omnia-share',
  dnsEnabled: '--provision-config or --dns-enabled',
  software: '--software-config or --software',
  catalog: '--catalog',
};

/** What people should know besides the findings; goes to standard error, each note once. */
export class Notes {
  readonly #skipped = new Map<ExpectedFact, Set<string>>();
  readonly #lines = new Set<string>();

  add(line: string): void {
    this.#lines.add(line);
  }

  /** Notes which rules are skipped because of missing context. */
  addSkipped(settings: ValidationSettings): void {
    for (const { needs, code } of skippedRules(mappingRules, settings)) {
      const codes = this.#skipped.get(needs) ?? new Set();
      this.#skipped.set(needs, codes.add(code));
    }
  }

  async write(warnings: ReadonlySet<string>, { format, quiet }: ValidateOptions, output: Output): Promise<void> {
    if (quiet) return;
    const skipped = [...this.#skipped].map(
      ([key, codes]) => `note: not checked without ${optionFor[key]}: ${[...codes].join(', ')}`,
    );
    const lines = [...this.#lines, ...warnings, ...(format === 'text' ? skipped : [])];
    if (lines.length > 0) await output.write(`${lines.join('\n')}\n`);
  }
}
