//! What Chinese writes short: units, currencies, symbols, counted words. Facts only, in rows.

/// Unit symbols as written behind a number.
pub(super) const UNITS: &[(&str, &str)] = &[
    ("mm", "毫米"),
    ("cm", "厘米"),
    ("dm", "分米"),
    ("m", "米"),
    ("km", "公里"),
    ("nm", "纳米"),
    ("μm", "微米"),
    ("µm", "微米"),
    ("m2", "平方米"),
    ("m²", "平方米"),
    ("㎡", "平方米"),
    ("km2", "平方公里"),
    ("km²", "平方公里"),
    ("cm²", "平方厘米"),
    ("m3", "立方米"),
    ("m³", "立方米"),
    ("cm³", "立方厘米"),
    ("ha", "公顷"),
    ("mg", "毫克"),
    ("g", "克"),
    ("kg", "公斤"),
    ("t", "吨"),
    ("ml", "毫升"),
    ("mL", "毫升"),
    ("l", "升"),
    ("L", "升"),
    ("ms", "毫秒"),
    ("s", "秒"),
    ("min", "分钟"),
    ("h", "小时"),
    ("Hz", "赫兹"),
    ("kHz", "千赫"),
    ("MHz", "兆赫"),
    ("GHz", "吉赫"),
    ("V", "伏"),
    ("kV", "千伏"),
    ("mA", "毫安"),
    ("mAh", "毫安时"),
    ("W", "瓦"),
    ("kW", "千瓦"),
    ("MW", "兆瓦"),
    ("kWh", "千瓦时"),
    ("J", "焦"),
    ("kJ", "千焦"),
    ("cal", "卡"),
    ("kcal", "千卡"),
    ("Pa", "帕"),
    ("hPa", "百帕"),
    ("kPa", "千帕"),
    ("dB", "分贝"),
    ("℃", "摄氏度"),
    ("°C", "摄氏度"),
    ("℉", "华氏度"),
    ("°F", "华氏度"),
    ("°", "度"),
    ("KB", "K B"),
    ("MB", "兆"),
    ("GB", "G B"),
    ("TB", "T B"),
    ("px", "像素"),
    ("fps", "帧每秒"),
    ("rpm", "转每分钟"),
    ("mph", "英里每小时"),
    ("ft", "英尺"),
    ("in", "英寸"),
    ("lb", "磅"),
    ("oz", "盎司"),
    ("Mbps", "兆比特每秒"),
    ("Gbps", "G比特每秒"),
    ("%", "百分之"),
    ("‰", "千分之"),
];

/// Currency symbols and codes.
pub(super) const CURRENCIES: &[(&str, &str)] = &[
    ("US$", "美元"),
    ("HK$", "港元"),
    ("NT$", "新台币"),
    ("A$", "澳元"),
    ("C$", "加元"),
    ("$", "美元"),
    ("＄", "美元"),
    ("€", "欧元"),
    ("£", "英镑"),
    ("￡", "英镑"),
    ("¥", "元"),
    ("￥", "元"),
    ("₩", "韩元"),
    ("₹", "卢比"),
    ("₽", "卢布"),
    ("RMB", "人民币"),
    ("USD", "美元"),
    ("EUR", "欧元"),
    ("CNY", "元"),
    ("JPY", "日元"),
    ("HKD", "港元"),
    ("GBP", "英镑"),
];

/// Signs that touch a number from the left.
pub(super) const SIGNS: &[(char, &str)] = &[
    ('-', "负"),
    ('−', "负"),
    ('+', "正"),
    ('±', "正负"),
    ('~', "约"),
    ('≈', "约等于"),
    ('<', "小于"),
    ('>', "大于"),
    ('≤', "小于等于"),
    ('≥', "大于等于"),
    ('#', "井号"),
];

/// Symbols that are spoken where they stand between words.
pub(super) const LONE_SYMBOLS: &[(char, &str)] = &[
    ('+', "加"),
    ('＋', "加"),
    ('=', "等于"),
    ('＝', "等于"),
    ('×', "乘"),
    ('÷', "除以"),
    ('&', "和"),
    ('≈', "约等于"),
    ('<', "小于"),
    ('>', "大于"),
];

/// Magnitudes behind a number: the number before them is counted, and currencies follow them.
pub(super) const MAGNITUDES: &[char] = &['百', '千', '万', '亿', '兆'];

/// Characters before which a number stands digit by digit.
pub(super) const BEFORE_DIGITS: &[&str] = &["年"];

/// Characters before which two is 两: measures and times.
pub(super) const MEASURES: &[char] = &[
    '个', '位', '名', '只', '条', '张', '本', '台', '部', '辆', '家', '座', '间', '次', '遍', '回', '天',
    '年', '周', '点', '秒', '件', '双', '对', '种', '类', '项', '套', '把', '块', '片', '段', '场', '届',
    '倍', '句', '封', '页', '小', '分', '米', '公', '千', '万', '亿', '吨', '杯', '瓶', '碗', '棵', '朵',
    '头', '匹', '艘', '架', '枚', '颗', '层', '步', '代', '岁', '者', '人', '门', '份', '处', '组', '批',
    '轮', '期', '面', '元', '国', '地', '边', '侧', '端', '大', '名', '支', '根', '幅', '首', '集', '口',
    '户', '所', '款', '行', '列',
];

/// Numbers of emergency and service lines, which are dialled and so read digit by digit with 幺.
pub(super) const LINES: &[&str] =
    &["110", "119", "120", "114", "122", "999", "911", "12306", "12315", "12345", "10086", "10010", "10000"];
