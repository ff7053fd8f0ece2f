/** Why a file of ours cannot be read or written, by the code of the file system. */
export const fileFaultTexts = {
  EROFS: 'the file system is read-only',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  ENOTDIR: 'a part of the path is not a folder',
  ELOOP: 'it is a symbolic link, which is not followed',
} as const;

/** What the writer itself refuses. */
export const refusalTexts = {
  leadsOut: 'symbolic links lead from there to {real}, outside of {root}; name that file itself',
  notRegularFile: 'it is not a regular file',
  notRegular: '{file} is not a regular file',
  tooLarge: '{file} is too large',
  badName: '{name} cannot be the name of a file',
  link: '{folder} is a symbolic link, which is not followed inside of {root}. Name the folder it leads to',
  notFolder: '{folder} is not a folder',
} as const;
