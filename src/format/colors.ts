// The colours of reports. On Windows, picocolors colours what goes into a file too.

import pc from 'picocolors';
import { colorsOf } from '../disk/system.js';

export default pc.createColors(pc.isColorSupported && colorsOf(process.stdout.isTTY, process.env));
