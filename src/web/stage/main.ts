import { registerRoot } from 'remotion';
import './fonts.css';
import './emoji.css';
import { Stage } from './stage.tsx';

registerRoot(Stage);
