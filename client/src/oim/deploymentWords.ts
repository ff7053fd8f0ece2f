import * as vscode from 'vscode';
import type { DeploymentWords } from './deploymentText.ts';

export function deploymentWords(): DeploymentWords {
  return {
    title: vscode.l10n.t('Deployment'),
    health: vscode.l10n.t('BuildStreaM API'),
    at: vscode.l10n.t('As of'),
    refresh: vscode.l10n.t(
      'Run "BuildStreaM: Show Deployment" to refresh; while you follow a stage, this page is updated. Paths are on the management server.',
    ),
    imageGroup: vscode.l10n.t('Image group'),
    noGroups: vscode.l10n.t('The BuildStreaM API has no image groups. Run the build pipeline first.'),
    job: vscode.l10n.t('Job'),
    noJob: vscode.l10n.t('The BuildStreaM API names no job for this image group.'),
    created: vscode.l10n.t('Created'),
    updated: vscode.l10n.t('Last changed'),
    stages: vscode.l10n.t('Stages'),
    stage: vscode.l10n.t('Stage'),
    state: vscode.l10n.t('State'),
    attempt: vscode.l10n.t('Attempt'),
    started: vscode.l10n.t('Started'),
    ended: vscode.l10n.t('Ended'),
    log: vscode.l10n.t('Log'),
    problems: vscode.l10n.t('Errors'),
    images: vscode.l10n.t('Images'),
    role: vscode.l10n.t('Role'),
    image: vscode.l10n.t('Image'),
    validation: vscode.l10n.t('Last validation'),
    notValidated: vscode.l10n.t('The validate stage has no result yet.'),
    passed: vscode.l10n.t('Tests passed'),
    failed: vscode.l10n.t('Tests failed'),
    skipped: vscode.l10n.t('Tests skipped'),
    errors: vscode.l10n.t('Tests with errors'),
    report: vscode.l10n.t('Report'),
    allGroups: vscode.l10n.t('All image groups'),
  };
}
