// Evaluated in a page by pages.ts; its value has the measures.
(() => {
  const canvasOf = (width, height) => {
    const canvas = Object.assign(document.createElement('canvas'), { width, height });
    return canvas.getContext('2d', { willReadFrequently: true });
  };
  const pixel = canvasOf(1, 1);

  /** Red, green, blue and opacity of a CSS colour. */
  const parse = (colour) => {
    pixel.clearRect(0, 0, 1, 1);
    pixel.fillStyle = colour;
    pixel.fillRect(0, 0, 1, 1);
    return [...pixel.getImageData(0, 0, 1, 1).data];
  };

  const backgroundOf = (element) => {
    if (!element) return [255, 255, 255, 255];
    const colour = parse(getComputedStyle(element).backgroundColor);
    return colour[3] === 255 ? colour : backgroundOf(element.parentElement);
  };

  const luminanceOf = (colour) => {
    const [red, green, blue] = colour.map((each) => {
      const share = each / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };

  const contrastOf = (element) => {
    const style = getComputedStyle(element);
    const text = luminanceOf(parse(element instanceof SVGElement ? style.fill : style.color));
    const ground = luminanceOf(backgroundOf(element));
    return (Math.max(text, ground) + 0.05) / (Math.min(text, ground) + 0.05);
  };

  const pixelsOf = async (url) => {
    const image = Object.assign(new Image(), { src: url });
    await image.decode();
    const canvas = canvasOf(Math.round(image.width / 8), Math.round(image.height / 8));
    canvas.imageSmoothingQuality = 'high';
    canvas.drawImage(image, 0, 0, canvas.canvas.width, canvas.canvas.height);
    return canvas.getImageData(0, 0, canvas.canvas.width, canvas.canvas.height).data;
  };

  return {
    /** The visible texts with less contrast. */
    findFaint(least) {
      const elements = [...document.querySelectorAll('body *:not(script, title, option)')];
      const texts = elements.flatMap((element) => {
        const [text] = [...element.childNodes].filter((node) => node.nodeType === 3 && node.textContent.trim());
        return text && element.getClientRects().length > 0 ? [{ element, text: text.textContent }] : [];
      });
      const faint = texts.map(({ element, text }) => [text.trim(), contrastOf(element)]);
      return [...new Set(faint.filter(([, ratio]) => ratio < least).map(([text, ratio]) => `${text}: ${ratio}`))];
    },

    /** The share of the area that differs clearly when both are an eighth as large. */
    async compare(urls) {
      const [one, other] = await Promise.all(urls.map(pixelsOf));
      if (one.length !== other.length) return 1;
      let different = 0;
      for (let at = 0; at < one.length; at += 4) {
        if ([0, 1, 2].some((channel) => Math.abs(one[at + channel] - other[at + channel]) > 48)) different += 1;
      }
      return different / (one.length / 4);
    },
  };
})();
