import type { CSSProperties, ReactNode } from 'react';
import { theme } from '../../../templates/theme.ts';
import { useSheet } from '../../kit/canvas.tsx';
import { Mark } from '../../kit/mark.tsx';
import { Text } from '../../kit/text.tsx';

const { onNightSoft, glow } = theme.colors.light;

/** Where the film's name stands once it has made room for the person's, below the upper margin. */
const top = { wide: 146, square: 150, tall: 236 } as const;
export const nameSize = 26;

interface Props {
  readonly title: string;
  readonly period: string;
  readonly markStyle?: CSSProperties;
  readonly titleStyle?: CSSProperties;
  readonly periodStyle?: CSSProperties;
  readonly children?: ReactNode;
}

/** Mark and name of the film: opening and greeting stand on the same lines, so that the cut between them is not seen. */
export function Overture({ title, period, markStyle, titleStyle, periodStyle, children }: Props) {
  const { shape, measure, margin } = useSheet();
  return (
    <>
      <Mark {...(markStyle && { style: markStyle })} />
      <div style={{ position: 'absolute', left: margin, top: margin + top[shape], width: measure }}>
        <div style={{ display: 'flex', flexWrap: 'wrap', columnGap: 18 }}>
          <Text
            size={nameSize}
            weight="medium"
            color={glow}
            style={{ transformOrigin: '0 0', ...titleStyle }}
          >
            {title}
          </Text>
          <Text size={nameSize} color={onNightSoft} style={periodStyle ?? {}}>
            {period}
          </Text>
        </div>
        {children}
      </div>
    </>
  );
}
