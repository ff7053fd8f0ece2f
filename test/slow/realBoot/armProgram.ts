/** What an arm machine prints to its console when this test's boot program runs. */
export const armProgramSays = 'boot program for arm runs';

const sectionStart = 0x200;
const codeAddress = 0x1000;

/**
 * A UEFI boot program for arm that prints a line and waits. It stands in for iPXE, which Debian lacks for arm. A PE32+
 * image with one section (PE/COFF, Microsoft); text output through the system table (UEFI 2.10, sections 4.3 and 12.4).
 */
export function armProgram(): Buffer {
  const image = Buffer.alloc(0x400);
  image.write('MZ', 0, 'latin1');
  image.writeUInt32LE(0x40, 0x3c);
  image.write('PE\0\0', 0x40, 'latin1');
  const coff = 0x44;
  image.writeUInt16LE(0xaa64, coff);
  image.writeUInt16LE(1, coff + 2);
  image.writeUInt16LE(0xf0, coff + 16);
  // An executable image without debug information or line numbers.
  image.writeUInt16LE(0x0206, coff + 18);
  const optional = coff + 20;
  image.writeUInt16LE(0x20b, optional);
  image.writeUInt32LE(0x200, optional + 4);
  image.writeUInt32LE(codeAddress, optional + 16);
  image.writeUInt32LE(codeAddress, optional + 20);
  image.writeUInt32LE(0x1000, optional + 32);
  image.writeUInt32LE(0x200, optional + 36);
  image.writeUInt32LE(0x2000, optional + 56);
  image.writeUInt32LE(sectionStart, optional + 60);
  // An EFI application.
  image.writeUInt16LE(10, optional + 68);
  image.writeUInt32LE(16, optional + 108);
  const section = optional + 0xf0;
  image.write('.text', section, 'latin1');
  image.writeUInt32LE(0x200, section + 8);
  image.writeUInt32LE(codeAddress, section + 12);
  image.writeUInt32LE(0x200, section + 16);
  image.writeUInt32LE(sectionStart, section + 20);
  image.writeUInt32LE(0x60000020, section + 36);
  for (const [index, instruction] of code.entries()) image.writeUInt32LE(instruction, sectionStart + 4 * index);
  image.write(`\r\n${armProgramSays}\r\n\0`, sectionStart + 4 * code.length, 'utf16le');
  return image;
}

/**
 * Calls OutputString of ConOut in the system table (the second argument) with the text after the code, then loops
 * forever.
 */
const code = [
  0xf9402020, // ldr x0, [x1, #64]
  0xf9400402, // ldr x2, [x0, #8]
  0x10000061, // adr x1, text
  0xd63f0040, // blr x2
  0x14000000, // b .
] as const;
