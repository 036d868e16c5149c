// A photo made small on the phone. Drawing it anew leaves out everything a camera writes beside the picture.
const EDGE = 1280;
const MOST = 200_000;

export async function shrink(file) {
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  let edge = EDGE;
  let quality = 0.8;
  for (;;) {
    const blob = await drawn(picture, edge, quality);
    if (blob.size <= MOST || edge < 400) {
      picture.close();
      return new Uint8Array(await blob.arrayBuffer());
    }
    if (quality > 0.5) quality -= 0.15;
    else { edge = Math.round(edge * 0.8); quality = 0.7; }
  }
}

function drawn(picture, edge, quality) {
  const share = Math.min(1, edge / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(picture.width * share));
  canvas.height = Math.max(1, Math.round(picture.height * share));
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("photo"))), "image/jpeg", quality);
  });
}
