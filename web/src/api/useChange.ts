import { type QueryKey, useMutation, useQueryClient } from "@tanstack/react-query";
import { notify } from "@/lib/notices";

interface ChangeOptions<Input, Output> {
  change: (input: Input) => Promise<Output>;
  /** First words of the query keys that this change makes stale. */
  touches: string[];
  /** Said when it is done. */
  said?: (output: Output, input: Input) => string;
}

/** A change made by a button: refreshes what it touches, says that it is done, or why it was refused. */
export function useChange<Input, Output>({ change, touches, said }: ChangeOptions<Input, Output>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: async (output, input) => {
      if (said) notify(said(output, input));
      await refresh(queries, touches);
    },
    onError: (error) => notify(error.message, { kind: "bad" }),
  });
}

type Queries = ReturnType<typeof useQueryClient>;

function refresh(queries: Queries, touches: string[]): Promise<unknown> {
  return Promise.all(
    touches.map((word) => queries.invalidateQueries({ queryKey: [word] satisfies QueryKey })),
  );
}

/** For forms, which show a refusal themselves: saves, then refreshes what the change touches. */
export function useSave(): <T>(save: Promise<T>, touches: string[]) => Promise<T> {
  const queries = useQueryClient();
  return async (save, touches) => {
    const made = await save;
    await refresh(queries, touches);
    return made;
  };
}
