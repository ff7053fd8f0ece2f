/** A folder with the files of an image, in S3. */
export interface ImageFolder {
  /** Empty when the name is not an address. */
  readonly bucket: string;
  /** In the bucket, without slashes around it. */
  readonly path: string;
  /** Its last part, which names role and image group. */
  readonly folder: string;
}

/**
 * The folders that the name of an image stands for: BuildStreaM's API gives `s3://boot-images/ROLE/rhel-ROLE_GROUP/`, in
 * 2.3 several of them joined by `;`, or none (omnia.md section 7.2). Another name is its own folder.
 */
export function imageFolders(name: string): readonly ImageFolder[] {
  return name
    .split(';')
    .map((part) => part.trim())
    .flatMap((part) => {
      if (!/^s3:\/\//i.test(part)) return part === '' ? [] : [{ bucket: '', path: part, folder: part }];
      const [bucket = '', ...rest] = part
        .slice('s3://'.length)
        .split('/')
        .filter((piece) => piece !== '');
      const folder = rest.at(-1);
      const isOdd = rest.some((piece) => piece === '.' || piece === '..');
      return folder === undefined || isOdd ? [] : [{ bucket, path: rest.join('/'), folder }];
    });
}

/** The last part of the folder that a build makes for a role and an image group. */
export function folderNameOf(role: string, group: string): string {
  return `rhel-${role}_${group}`;
}

/**
 * The one folder of an image: the only one, else the only one of this image group. Undefined: there is none, or nothing
 * says which of several.
 */
export function imageFolderOf(name: string, group: string): ImageFolder | undefined {
  const folders = imageFolders(name);
  const [only, ...others] = folders;
  if (others.length === 0) return only;
  // The id of another group may end like this one: `big_slurm`.
  const exact = folders.filter(({ path, folder }) => folder === folderNameOf(path.split('/').at(-2) ?? '', group));
  const own = exact.length > 0 ? exact : folders.filter(({ folder }) => folder.endsWith(`_${group}`));
  return own.length === 1 ? own[0] : undefined;
}

/** The name of an image with one folder where it has several and that of the image group is known; else as it is. */
export function imageNameOf(name: string, group: string): string {
  if (imageFolders(name).length < 2) return name;
  const folder = imageFolderOf(name, group);
  return folder === undefined || folder.bucket === '' ? name : `s3://${folder.bucket}/${folder.path}/`;
}
