import { Group, List, NativeSelect, Pagination, SimpleGrid, Stack, Text } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { useState } from "react"
import { type DocumentDetails, drawDocumentPage, readDocumentPage } from "../../../contract/documents.ts"
import { addressOf, call } from "../../api.ts"
import { FaultAlert } from "../../parts/faults.tsx"
import { Loading } from "../../parts/loading.tsx"
import { shellTexts } from "../../texts.ts"
import { PageText } from "./page-text.tsx"
import { documentTexts as texts } from "./texts.ts"

/** The text page by page, beside the picture of the page where there is one. */
export function PagesPart({ document: { file, pages, version } }: { document: DocumentDetails }) {
  const worst = pages.findIndex(({ findings }) => findings.length > 0)
  const [index, setIndex] = useState(Math.max(0, worst))
  const params = { id: file.id, page: index }
  const page = useQuery({ queryKey: ["document-page", params, version], queryFn: () => call(readDocumentPage, { params }) })
  const summary = pages[index]
  const name = texts.page(summary?.number ?? null, index)
  return (
    <Stack>
      {pages.length > 1 && <Choice {...{ pages, index, onChange: setIndex }} />}
      {summary && (
        <Group gap="xs">
          <Text fw={600}>{name}</Text>
          {summary.scanned && <Text size="sm">{texts.fromScan}</Text>}
          {summary.score !== null && <Text size="sm">{texts.quality(summary.score)}</Text>}
        </Group>
      )}
      {summary?.findings.length === 0 ? (
        <Text size="sm">{texts.fine}</Text>
      ) : (
        <List size="sm">
          {summary?.findings.map((finding) => (
            <List.Item key={finding}>{finding}</List.Item>
          ))}
        </List>
      )}
      <FaultAlert error={page.error} onRetry={() => void page.refetch()} />
      {page.isPending && <Loading />}
      {page.data && (
        <SimpleGrid cols={{ base: 1, md: page.data.picture ? 2 : 1 }}>
          {page.data.picture && <Picture key={index} address={addressOf(drawDocumentPage, { params })} name={name} />}
          <PageText key={`${index}-${page.data.version}`} id={file.id} index={index} page={page.data} />
        </SimpleGrid>
      )}
    </Stack>
  )
}

type ChoiceProps = Pick<DocumentDetails, "pages"> & { readonly index: number; readonly onChange: (index: number) => void }

function Choice({ pages, index, onChange }: ChoiceProps) {
  return (
    <Group align="flex-end">
      <NativeSelect
        label={texts.pages}
        value={String(index)}
        data={pages.map(({ number, findings }, at) => ({
          value: String(at),
          label: `${texts.page(number, at)}${findings.length > 0 ? " ⚠" : ""}`,
        }))}
        onChange={(event) => onChange(Number(event.currentTarget.value))}
      />
      <Pagination
        value={index + 1}
        total={pages.length}
        siblings={0}
        onChange={(page) => onChange(page - 1)}
        getItemProps={(page) => ({ "aria-label": `${shellTexts.pages} ${page}` })}
        getControlProps={(control) => ({ "aria-label": control === "previous" ? shellTexts.previousPage : shellTexts.nextPage })}
      />
    </Group>
  )
}

function Picture({ address, name }: { address: string; name: string }) {
  const [broken, setBroken] = useState(false)
  if (broken) return <Text>{texts.noPicture}</Text>
  return <img className="sheet" src={address} alt={texts.picture(name)} onError={() => setBroken(true)} />
}
