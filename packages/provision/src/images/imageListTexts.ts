/** What is wrong with a list of image groups, or with one of its images. */
export const imageListTexts = {
  notReadable: '{file} cannot be read: {why}. Check the path.',
  notJson: '{file} is not JSON ({why}).',
  twice: '{file}: the image group "{group}" occurs twice. Remove one.',
  noList: '{place} has no list "{name}".',
  notObject: '{place}: {name}[{index}] is not an object.',
  missing: '{place} needs "{name}", a text that is not empty.',
  notText: '{place}: "{name}" is not a text.',
  redirects: 'too many redirects',
} as const;
