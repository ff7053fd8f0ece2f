import { isUserError, refused, type UserError } from '@omnia-buildstream/core/errors/userError';
import * as vscode from 'vscode';

/** A button of a message, and the command behind it. */
export interface WayOn {
  readonly title: string;
  readonly command: string;
  readonly args?: readonly unknown[];
}

/** Refuses because something is missing that a command provides; the command is offered as a button. */
export function lacking(message: string, way: WayOn): UserError & { readonly way: WayOn } {
  return Object.assign(refused(message), { way });
}

/** The button of an error, even if the error comes from another bundle. */
export function wayOf(error: unknown): WayOn | undefined {
  return isUserError(error) && 'way' in error ? (error as ReturnType<typeof lacking>).way : undefined;
}

/** The ways on that several commands offer. Each asks VS Code for its title, so that it is in the user's language. */
export const ways = {
  signIn: () => ({ title: vscode.l10n.t('Sign In'), command: 'buildstream.signIn' }),
  signInApi: () => ({ title: vscode.l10n.t('Sign In'), command: 'buildstream.signInApi' }),
  selectProject: () => ({ title: vscode.l10n.t('Select Project…'), command: 'buildstream.chooseProject' }),
  newMappingFile: () => ({ title: vscode.l10n.t('New Mapping File…'), command: 'buildstream.newMappingFile' }),
  openMappingFile: () => ({
    title: vscode.l10n.t('Go to File…'),
    command: 'workbench.action.quickOpen',
    args: ['pxe_mapping'],
  }),
  siteFile: () => ({
    title: vscode.l10n.t('Go to File…'),
    command: 'workbench.action.quickOpen',
    args: ['buildstream.yml'],
  }),
  openFolder: () => ({ title: vscode.l10n.t('Open Folder…'), command: 'workbench.action.files.openFolder' }),
  saveAll: () => ({ title: vscode.l10n.t('Save All'), command: 'workbench.action.files.saveFiles' }),
  trust: () => ({ title: vscode.l10n.t('Manage Workspace Trust'), command: 'workbench.trust.manage' }),
  /** @param name without `buildstream.` */
  setting: (name: string) => ({
    title: vscode.l10n.t('Open Settings'),
    command: 'workbench.action.openSettings',
    args: [`@id:buildstream.${name}`],
  }),
} as const satisfies Record<string, (name: string) => WayOn>;

/** There is no mapping file; the button creates one. */
export function noMappingFile(): UserError {
  return lacking(vscode.l10n.t('There is no PXE mapping file here.'), ways.newMappingFile());
}
