/** What the folder of boot configuration lacks, for people to see before they agree. */
export const filesTexts = {
  noProgram:
    '{folder} does not contain {program}, the boot program for UEFI firmware. Copy it there, unless another TFTP server provides one. Nodes that need it: {count}',
} as const;
