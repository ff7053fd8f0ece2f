/** What to know before something is started, run, rerun or committed. Sentences without a full stop. */
export const remarkTexts = {
  inputsChanged: 'Inputs changed since the last green deploy (pipeline #{pipeline}, {commit}): {paths}',
  inputsSame: 'No input changed since the last green deploy (pipeline #{pipeline}, {commit})',
  inputsUnknown:
    'It is unknown which inputs changed since the last green deploy (pipeline #{pipeline}, {commit}): GitLab does not show it',
  noGreenDeploy:
    'None of the newest pipelines is a green deploy, so it is unknown which inputs changed since the last one',
  editedOwnCommit:
    '{paths} changed on {ref} after this pipeline was created. Neither this pipeline nor a retry uses the changes: Omnia {version} runs with the files of the pipeline’s own commit. Start a new deploy pipeline to use them',
  editedBranch:
    '{paths} changed on {ref} after this pipeline was created. Omnia {version} uses the changes only when the CI/CD variable GITLAB_API_TOKEN is set; otherwise it runs with the old files without warning',
  editedUnknown: 'It is unknown whether {ref} has other input files than this pipeline: GitLab does not show it',
  usesOwnCommit: 'Input files are those of the pipeline’s own commit',
  usesBranch:
    'Input files are those of {ref} when the CI/CD variable GITLAB_API_TOKEN is set, else those of the pipeline’s own commit',
  marksBranch:
    'Marks in failed_nodes.json count only when GITLAB_API_TOKEN is set: otherwise marked nodes are PXE-booted again without warning',
  marksCadence:
    'A cadence restarts without failed_nodes.json: marks have no effect on its retry, and marked nodes are PXE-booted again',
  jobsWanted: 'Omnia {version} requires a retry of the failed jobs of the child pipeline',
  childWanted: 'Omnia {version} requires a new child pipeline from its parent',
  jobsKeep:
    'Running the failed jobs again keeps the image, the BuildStreaM job and the stages that passed; after a state conflict it fails again',
  childLoses:
    'A new child is a different pipeline: the selected image and the stages that passed are lost. Select an image and run deploy again',
  cadenceChildLoses:
    'A new child is a different pipeline with a new BuildStreaM job: it builds, deploys, and restarts everything again without asking',
  groupState: '{group}: {state} when this pipeline listed it ({date})',
  groupStateUnknown: '{group}: state unknown, because the log of the job list_images does not show it',
  groupInUse:
    "{group} was deployed to nodes by the last green deploy (pipeline #{pipeline}): they can't boot it again then",
  groupCount:
    'Image groups in use: {count} of at most {most}, as many as are offered; at {most} builds are refused (RETENTION_LIMIT_EXCEEDED)',
  cadenceCommit:
    'The cadence catalog was last changed on {date} ({commit}): the watcher commits it when a sync starts a cadence',
  noCadenceCatalog: 'There is no cadence_catalog_rhel.json on {ref}, so no cadence can run',
  cadenceOff: 'The cadence is turned off in build_stream_config.yml',
  cadenceInterval:
    'As set in build_stream_config.yml, once that is validated on the management server, the watcher syncs every {interval}; the first time a whole interval after it was started',
  cadenceUnknown:
    'GitLab does not show when the watcher last synced or why it started nothing: see the journal of playbook-watcher.service and repo_resync_status.yml on the management server. It skips a sync while another request is active. Expect a cadence after every sync: older versions start one only when packages changed, newer ones each time',
  listsImages:
    'The pipeline lists the available images. No node is changed until you select an image and run the deploy job',
  runsCadence: 'Builds new images, deploys them, and PXE-boots the nodes without asking again',
  listsGroups:
    'Lists the image groups that are not CLEANED yet. Nothing is deleted until you select one and run the cleanup job',
  buildsImages: 'Builds images on the management server. No node is changed',
  startsDeploy: 'This starts a deploy pipeline. No node is changed until you select an image and run the deploy job',
  startsBuild: 'This starts a build pipeline',
  startsSingle:
    'This starts the pipeline of Omnia 2.1: it builds images and prepares the nodes in the mapping file for them, without asking again. No node is restarted',
  startsNoDeploy: 'Omnia 2.1 starts no pipeline for a mapping file; the next one for a catalog uses it',
  startsCadence: 'This starts a cadence: it builds, deploys and PXE-boots nodes without asking again',
  mappingElsewhere: '{path} is not where Omnia looks for the mapping file: only {places} start a deploy pipeline',
  startsNothing: 'This starts no pipeline. The next deploy and restart send these files to the management server',
  startsNoRetry: 'This starts no pipeline. The next retry uses it',
  catalogMakes: 'The build creates image group {group}',
  catalogExists:
    'Image group {group} already exists, so the build is refused: raise the version in the catalog, for Omnia 2.2 change the identifier',
  catalogNotSeen: 'None of the newest pipelines offers a group of this name; it is unknown whether BuildStreaM has one',
  catalogUnclear: 'The catalog has no identifier and version, so it is unknown which image group it makes',
} as const;
