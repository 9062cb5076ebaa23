/** Hands a file to the visitor, as a download under a name. */
export function download(content: Blob, name: string): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  // The browser has taken what it needs when the click has been handled.
  setTimeout(() => URL.revokeObjectURL(address), 0);
}
