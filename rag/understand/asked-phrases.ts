import type { Field } from "../types.ts"

const listed = (text: string): readonly string[] => text.split(";").map((phrase) => phrase.trim())

/**
 * How citizens ask for a part of a procedure. Written with marks for the reader, compared without them; "…" stands for words
 * that only fill. Every phrase is also taken out of the search text: it says what to show, not which procedure.
 */
export const PHRASES: Readonly<Record<Field, readonly string[]>> = {
  fee: listed(`
    bao nhiêu tiền; hết bao nhiêu; tốn bao nhiêu; mất bao nhiêu tiền; mất tiền; tốn tiền; có tốn phí; mất phí; lệ phí; phí bao nhiêu;
    chi phí; tiền phí; mức phí; mức thu; giá bao nhiêu; nộp bao nhiêu; đóng bao nhiêu; có miễn phí; thu phí; đóng phí; phí là;
    phí thế nào; bao tiền; mấy tiền; nhiêu tiền; tốn kém; phí gì; phải nộp tiền; trả bao nhiêu; bao nhiêu lệ phí; phí hết; hết nhiêu;
    tốn nhiêu; mất nhiêu; đóng lệ phí; có phải trả tiền; phải đóng tiền; tiền làm; phí; tốn bao tiền; hết mấy; mất mấy nghìn; mất mấy đồng; mất mấy chục; nghìn; tiền nong;
    hết … nhiêu; hết … tiền; tốn … nhiêu; tốn … tiền; tốn … phí; mất … tiền; mất … nhiêu; đóng … tiền; đóng … nhiêu; 
      bao nhiêu đồng; nhiêu đồng; bao nhiêu phí; miễn phí không; miễn phí ko; tốn mấy; mấy đồng; mấy trăm;
    mấy chục; mấy ngàn; bao nhiêu một bản; nhiêu một bản; bao nhiêu một tờ; bao nhiêu một trang; giá cả; giá tiền; 
    free không; free ko
  `),
  time: listed(`
    bao lâu; mấy ngày; mất mấy ngày; bao nhiêu ngày; thời hạn; thời gian; khi nào có; bao giờ có; bao giờ xong; khi nào xong;
    bao giờ được; khi nào được; mấy hôm; mấy bữa; lâu không; trong ngày; khi nào lấy; bao giờ lấy; ngày nào có; mấy tuần; mấy tháng;
    bao lâu thì; chừng nào; hồi nào; lấy ngay; lấy liền; tối đa bao lâu; nhanh nhất; bao giờ có kết quả; mấy giờ xong;
    trước bao nhiêu ngày; bao giờ; hạn bao; bao nhiêu lâu; bao lâu có; bao lâu mới; nhiêu ngày; nhiêu lâu; nhiêu hôm; mấy bữa có;
    bao hôm; bao nhiêu hôm; bao nhiêu tuần; bao nhiêu tháng; bao nhiêu giờ; mấy tiếng; bao nhiêu tiếng; lúc nào có; lúc nào lấy;
    lúc nào xong; ngày mấy có; khi mô có; khi mô xong; có lâu; lâu ko; lâu hông; nhanh không; nhanh ko; có liền; 
    xong ngay; xong luôn; lấy luôn; hẹn mấy; hẹn bao;  bao giờ mới; khi nào mới có; khi nào trả; ngày nào trả; bao giờ trả;
    chờ bao; đợi bao; chờ mấy; đợi mấy; thời hạn giải quyết; thời gian giải quyết; hạn giải quyết; giải quyết … bao lâu;
    giải quyết … mấy ngày; giải quyết … bao nhiêu ngày; bao lâu giải quyết; mấy ngày giải quyết
  `),
  dossier: listed(`
    giấy tờ gì; cần gì; cần những gì; hồ sơ; mang gì; mang theo gì; mang những gì; chuẩn bị gì; chuẩn bị những gì; giấy gì;
    những giấy tờ; giấy tờ nào; thành phần hồ sơ; cần giấy; cần có những; cần có gì; nộp gì; nộp những gì; cần mang; bao gồm;
    gồm những gì; gồm gì; gồm có gì; cần nộp; cần phải có; đem gì; đem theo; mang theo; giấy má; giấy tờ ra sao; phải có gì;
    cần thêm; kèm theo gì; cần chuẩn bị; những gì; cần các; giấy nào; loại giấy; cần phải nộp; cần cái gì; cần j;
    bản sao hay bản chính; giấy tờ cần; giấy tờ; mang … gì; đem … gì; cầm … gì; cần … gì; chuẩn bị … gì; nộp … gì;
    gồm … gì; xuất trình … gì; bổ sung … gì; thiếu … gì; đòi … gì; mang … nào; đem … nào; cần … giấy nào; chuẩn bị … nào; gồm … nào;
    giấy tờ … gì; giấy tờ … nào; cần thêm … gì; mấy bản; bao nhiêu bản; bản chính không; bản gốc không; photo mấy; phô tô mấy;
    giấy tờ tùy thân gì
  `),
  place: listed(`
    ở đâu; nộp đâu; tại đâu; chỗ nào; nơi nào; cơ quan nào; nơi nộp; địa chỉ; địa điểm; đến đâu; ra đâu; lên đâu; chỗ mô; ở mô;
    ai làm; ai giải quyết; ai cấp; thẩm quyền; nơi tiếp nhận; đi đâu; gặp ai; phòng nào; cấp nào; đâu làm; ra phường được không;
    ở xã được không; nộp nơi; bên nào; đâu vậy; khai ở; cửa nào; quầy nào; nộp … đâu; làm … đâu; ra … đâu; lên … đâu; tới … đâu;
    đến … đâu; về … đâu; qua … đâu; gửi … đâu;  xin … đâu; khai … đâu; đâu nhận;  chỗ nào làm; hỏi ai;
    gặp người nào; liên hệ ai; liên hệ đâu; tìm ai; ai nhận; ai ký; ai duyệt; xã hay; phường hay; huyện hay; tỉnh hay; xã có làm;
    phường có làm; xã làm được; phường làm được; xã có nhận; phường có nhận; xã có cấp; phường có cấp; ở xã có; ở phường có;
     trên xã có; trên phường có; trên huyện có; bộ phận nào; trung tâm nào; làm ở xã được; làm ở phường được; nộp ở xã được;
    nộp ở phường được
  `),
  steps: listed(`
    trình tự; các bước; mấy bước; quy trình; thủ tục gồm; bước nào; từng bước; cách thức thực hiện; cách thức; làm từng bước;
    qua những bước; qua mấy; bước đầu; đầu tiên làm; thứ tự; tiến hành thế nào; tiến hành ra sao; tiến hành như thế nào;
    làm theo thứ tự; những bước; bước gì
  `),
  online: listed(`
    trực tuyến; online; qua mạng; trên mạng; bưu điện; bưu chính; vneid; dịch vụ công; tại nhà được không; qua điện thoại; nộp từ xa;
    gửi bưu; không cần lên; khỏi lên; trên web; trên app; gửi qua; trên điện thoại; bằng điện thoại; qua zalo; qua web; qua app;
    qua vneid; làm từ xa; ở nhà làm được; làm tại nhà được; khỏi ra; khỏi đi; không cần ra; không cần đến; không phải ra;
    không phải lên; không phải đến; nộp mạng; trên cổng; qua cổng; gửi về nhà; ship về
  `),
  subjects: listed(`
    ai được; đối tượng nào; những ai; ai có quyền; ai phải; ai thuộc; người nào được; đối tượng; dành cho ai; áp dụng cho;
    ai làm được; ai đi làm được; ai nộp được; ai đi nộp; ai đăng ký được; ai xin được; ai hưởng được; ai được hưởng; người nào làm;
    ai cũng được; ủy quyền được; có được ủy quyền; ủy quyền cho người khác; ủy quyền người khác; ủy quyền cho ai; nộp thay; làm thay;
    đi thay; nộp hộ; làm hộ; đi làm hộ; làm giùm; nộp giùm; đi giùm; làm dùm; nộp dùm; nhờ người;
    nhờ ai;  nhờ vợ; nhờ chồng; nhờ bố; nhờ mẹ;  thuộc diện nào; diện nào; phải chính chủ; phải đích thân;
    đích thân; dành cho những
  `),
  conditions: listed(`
    điều kiện; có được không; được không; có phải; có cần; phải không; cần không; có bắt buộc; bắt buộc; yêu cầu gì; trường hợp nào;
    có được; tiêu chuẩn; mới được; đủ điều kiện; khi nào phải; có bị; quy định thế nào; điều kiện gì; có điều kiện; đủ tuổi;
    bao nhiêu tuổi; mấy tuổi; tuổi nào; có cần phải; có nhất thiết; nhất thiết; với điều kiện; yêu cầu những gì; yêu cầu … gì;
    giá trị … bao lâu; giá trị … bao nhiêu; giá trị … mấy tháng; hiệu lực … bao lâu; hiệu lực … bao nhiêu; hiệu lực … mấy tháng;
    có thời hạn bao lâu; có hạn bao lâu; thời hạn sử dụng; hạn sử dụng; dùng được bao lâu; dùng được mấy tháng; xài được bao lâu;
    sử dụng được bao lâu; còn hạn bao lâu; đòi hỏi gì; trong trường hợp nào; khi nào thì phải; lúc nào phải; có thuộc diện; hay không
  `),
  result: listed(`
    kết quả là gì; nhận được gì; được cấp gì; kết quả gì; nhận kết quả; giấy gì khi xong; kết quả thủ tục; được cấp … gì;
    cấp cho … gì; nhận được … gì; nhận … giấy gì; ra giấy gì; có được giấy gì; lấy được giấy gì; trả kết quả gì; cầm được giấy gì;
    kết quả ra sao; kết quả thế nào; làm xong được gì; xong rồi được gì; xong thì được gì
  `),
  legalBasis: listed(`
    căn cứ pháp lý; văn bản nào; luật nào; nghị định nào; thông tư nào; theo quy định nào; căn cứ nào; cơ sở pháp lý;
    văn bản pháp luật; điều luật; quyết định nào; quy định ở đâu; quy định tại đâu; luật gì; nghị định gì; thông tư gì; nguồn luật;
    văn bản gì; căn cứ vào đâu; căn cứ đâu; căn cứ theo đâu;  căn cứ gì; căn cứ theo gì; dựa vào đâu; dựa theo;
    dựa vào văn bản;      theo quy định gì; luật quy định; 
    điều mấy; điều khoản nào; quy định nào; văn bản pháp lý; cơ sở nào; thông tư số mấy; nghị định số mấy; luật số mấy
  `),
  forms: listed(`
    mẫu đơn; tờ khai; biểu mẫu; mẫu nào; mẫu tờ khai; đơn mẫu; tải mẫu; xin mẫu; mẫu giấy; mẫu số; lấy mẫu; file mẫu; mẫu; mẫu gì;
    tải đơn; lấy đơn; viết đơn; điền đơn; đơn gì; tờ đơn; form; mẫu mã; mẫu phiếu; phiếu gì; tờ gì; mẫu bao nhiêu; tải về; tải ở đâu;
    xin đơn; xin tờ; bản mẫu; đơn xin ở đâu; mẫu ở đâu
  `),
}

/** Words that may stand inside an asking phrase without changing what is asked. */
export const FILLERS = `
  theo thêm có những các mang đem nộp phải chuẩn bị giấy tờ loại hồ sơ cho đến đi tới cái đủ là hết bao nhiêu mấy khoảng tầm chừng thì sẽ được nó bên
  lại ra lên về ở tại chỗ phí tốn mất luôn vậy kèm cùng với bộ khi trong vòng sử dụng
`

/** "How do I do it" asks for what to bring and what to do; it counts only when nothing more definite was said. */
export const HOW = listed(`
  làm thế nào; làm sao; như thế nào; ra sao; thế nào; cách làm; làm như nào; làm kiểu gì; làm răng; phải làm gì; cần làm gì;
  cần phải làm; hướng dẫn; sao giờ; làm gì; thủ tục gì; thì sao; cách nào; làm như thế nào; thủ tục nào; nộp đơn; làm ra sao;
  làm sao giờ; phải làm sao; làm thủ tục gì; cần làm … gì; phải làm … gì; thì làm gì;  làm cách nào; bắt đầu từ đâu;
  hướng dẫn giúp
`)

/** Words that are asking words elsewhere and belong to the subject here. */
export const KEPT = listed(`
  học phí; viện phí; mai táng phí; kinh phí; án phí; chi phí mai táng; chi phí học tập; chi phí khám; mẫu giáo; giấy tờ tùy thân;
  giấy ủy quyền; hợp đồng ủy quyền; văn bản ủy quyền; chứng thực ủy quyền; làm ủy quyền; tiền sử dụng đất;
  hồ sơ bệnh án; có yêu cầu; theo dõi; mẫu số nhà; phí bảo vệ môi trường; không đủ điều kiện; chưa đủ điều kiện; cơ sở đủ điều kiện;
  chứng nhận đủ điều kiện; xác nhận đủ điều kiện
`)
