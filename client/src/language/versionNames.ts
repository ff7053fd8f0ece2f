import type { OmniaVersion } from '@omnia-buildstream/core/mapping/versions';
import type { MappingStatus } from '@omnia-buildstream/server/protocol';
import * as vscode from 'vscode';

export interface VersionName {
  readonly version: OmniaVersion;
  readonly label: string;
  readonly description: string;
}

/** The versions as offered to the user. */
export function versionNames(): readonly VersionName[] {
  return [
    { version: '2.1', label: 'Omnia 2.1', description: vscode.l10n.t('9 columns, groups grp0 to grp100') },
    {
      version: '2.2',
      label: 'Omnia 2.2',
      description: vscode.l10n.t('9 columns and optional InfiniBand, scalable units'),
    },
    {
      version: '2.3',
      label: vscode.l10n.t('Omnia 2.3, early'),
      description: vscode.l10n.t('11 columns in fixed order'),
    },
    {
      version: '2.3os',
      label: vscode.l10n.t('Omnia 2.3, late'),
      description: vscode.l10n.t('11 columns, roles with the OS release'),
    },
    {
      version: 'next',
      label: vscode.l10n.t('Omnia after 2.3'),
      description: vscode.l10n.t('12 columns with IB_IPV4 and IB_IPV6'),
    },
  ];
}

export function versionLabel(version: OmniaVersion): string {
  return versionNames().find((name) => name.version === version)?.label ?? version;
}

/** How the version of Omnia was determined for a file. */
export function versionReason({ source, reason }: MappingStatus): string {
  if (source === 'setting') return vscode.l10n.t('from the setting buildstream.omniaVersion');
  if (source === 'site') return vscode.l10n.t('from buildstream.yml');
  switch (reason) {
    case 'project-folder':
      return vscode.l10n.t('detected from the folder');
    case 'ipv6-columns':
      return vscode.l10n.t('detected from the columns IB_IPV4 and IB_IPV6');
    case 'os-release':
      return vscode.l10n.t('detected from a role with an OS release');
    case 'scalable-unit':
      return vscode.l10n.t('detected from a scalable unit in GROUP_NAME');
    case 'os-role':
      return vscode.l10n.t('detected from a role os_x86_64 or os_aarch64');
    case 'infiniband-columns':
      return vscode.l10n.t('detected from the InfiniBand columns');
    case 'nothing':
      return vscode.l10n.t('default: the file does not show its version');
  }
}
