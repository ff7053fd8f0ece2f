import type * as vscode from 'vscode';

export interface RuleEntry {
  readonly code: string;
  /** One line about the rule in the user's language. */
  readonly description: string;
}

interface Manifest {
  readonly contributes: {
    readonly configuration: readonly {
      readonly properties: Readonly<
        Record<string, { readonly properties?: Readonly<Record<string, { readonly description: string }>> }>
      >;
    }[];
  };
}

/** The rules as the manifest lists them for the setting `buildstream.rules`. */
export function ruleCatalog({ extension }: vscode.ExtensionContext): readonly RuleEntry[] {
  const { contributes } = extension.packageJSON as Manifest;
  for (const { properties } of contributes.configuration) {
    const rules = properties['buildstream.rules']?.properties;
    if (rules !== undefined) return Object.entries(rules).map(([code, { description }]) => ({ code, description }));
  }
  return [];
}
