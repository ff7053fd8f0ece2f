export const stagesHelp = `Usage: buildstream run STAGE [OPTIONS]

Stages:
  deploy    give each node the image of its functional group
  restart   PXE-boot the nodes and wait until each reports
  validate  test the nodes of the mapping file
  verify    after a run: are the nodes up, and does a sample of them run the right image
  all       deploy, restart, validate and verify, with one plan and one confirmation

buildstream run STAGE --help explains one. With --backend oim the management server runs deploy, restart, validate or
all: buildstream run STAGE --backend oim --help.

Options:
  --help, -h  this text
`;
