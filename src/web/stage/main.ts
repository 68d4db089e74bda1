import { registerRoot } from 'remotion';
import './fonts.css';
import { Stage } from './stage.tsx';

registerRoot(Stage);
