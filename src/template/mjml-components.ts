// `mjml` puts its components into mjml-core's list; without it the list is empty.
import 'mjml';
import { type Component, components } from 'mjml-core';

interface Node {
  readonly siblings?: number;
}

interface RenderOptions {
  readonly renderer?: (component: Component) => string;
}

/** What of MJML's own classes plays a part here. */
type Row = new (
  data: unknown,
) => {
  renderChildren(children: readonly Node[], options: RenderOptions): string;
};

/**
 * Sections and groups that take the number of columns from the nodes, where it is given: a block's columns all stand in
 * the tree, whatever number of them a person will see. For MJML's option `presets`.
 */
export const countedRows = {
  components: [counted('mj-section'), counted('mj-group')],
  dependencies: {},
};

function counted(name: string) {
  const Base = components[name] as unknown as Row;
  return class extends Base {
    override renderChildren(children: readonly Node[], options: RenderOptions): string {
      const { renderer = (component) => component.render() } = options;
      return super.renderChildren(children, {
        ...options,
        renderer(component) {
          const { siblings } = children[component.props.index] ?? {};
          if (siblings !== undefined) component.props.nonRawSiblings = siblings;
          return renderer(component);
        },
      });
    }
  };
}
